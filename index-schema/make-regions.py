#!/usr/bin/env python3
"""Make regions.tsv out of a list of all division codes in use since 1981.

    python3 make-regions.py areacodes.csv > regions.tsv

`areacodes.csv` (CC0) has the columns 代码 一级行政区 二级行政区 名称 级别 状态 启用时间 变更/弃用时间 新代码, one row
for each code, name and parent that ever went together.

What is done to the rows:

- Rows that differ only in code or parent, and follow one another, become one row with the latest code; the
  earlier codes are kept in `former` as `code-lastyear`, which also says what the parent was at the time.
- `parent` is a code: the prefecture, or the province where a county stands directly under it.
- `successors` are the codes that took over for good. A renamed division has its own code there. Where the
  source gives none for a prefecture, it is the prefecture that took over most of its counties.
- `short` and `also` follow from the name, with the exceptions listed below.
- `common` is `short` where the short name is an ordinary word too, names something else more often (富裕, 公安,
  和平) or stands across two words (规定安排, 长江干流), so that it says little on its own. The words were picked
  by reading the short names, and those found in 55,000 articles of national statutes. It is `full`
  where even the full name does (城区, 沿海城市).
"""

import csv
import re
import sys
from collections import Counter, defaultdict

PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 毛难 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 "
    "塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各"
).split()
# Longest first, so that 土家族 is not read as 家 + 族 after 土.
PEOPLE = sorted([p + "族" for p in PEOPLES], key=len, reverse=True)
# Peoples that are written without 族 in the names of Xinjiang.
BARE = ["哈萨克", "蒙古", "柯尔克孜", "塔吉克", "锡伯"]
PROVINCES = {
    "内蒙古自治区": "内蒙古", "广西壮族自治区": "广西", "西藏自治区": "西藏", "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆", "香港特别行政区": "香港", "澳门特别行政区": "澳门",
}
# Names whose rule would leave nothing, or what nobody says.
SHORT = {
    "东乡族自治县": "东乡", "鄂温克族自治旗": "鄂温克", "鄂伦春自治旗": "鄂伦春", "前郭尔罗斯蒙古族自治县": "前郭",
    "喀喇沁左翼蒙古族自治县": "喀左", "杜尔伯特蒙古族自治县": "杜尔伯特", "阜新蒙古族自治县": "阜新",
    "海南行政区": "海南行政区", "西沙、南沙、中沙群岛": "西沙、南沙、中沙群岛", "中沙群岛的岛礁及其海域": "中沙群岛",
    "积石山保安族东乡族撒拉族自治县": "积石山", "塔什库尔干塔吉克自治县": "塔什库尔干",
}
ALSO = {
    "前郭尔罗斯蒙古族自治县": ["前郭尔罗斯", "前郭县"], "喀喇沁左翼蒙古族自治县": ["喀喇沁左翼", "喀左县"],
    "内蒙古自治区": ["内蒙"], "台湾省": ["台湾地区"], "香港特别行政区": ["香港特区"], "澳门特别行政区": ["澳门特区"],
    "莫力达瓦达斡尔族自治旗": ["莫旗"], "积石山保安族东乡族撒拉族自治县": ["积石山县"],
    "塔什库尔干塔吉克自治县": ["塔县"], "察布查尔锡伯自治县": ["察县"],
}
# What is left of these without 区 or 旗 names nothing.
WHOLE = re.compile(
    r"^([东西南北中新老上下]?城区|城[东西南北中关厢]区|矿区|[东西南北中新]区|[东西南北]?郊区|市[中郊]?区"
    r"|.*[左右前中后]旗|.*联合旗|..)$"
)
COMMON = set(
    """
    和安 定结 大安 定安 渡口 金安 定海 新和 达日 安新 扬中 和康 通化 定日 政和 通河 资中 官渡 康保 建水 合水 大新 江干 资兴 大城 江海 临河 会理 开平 通许
    高安 得荣 新平 响水 南和 融安 同安 内乡 洞口 迁安 开原 文水 三江 新化 内黄 东明 通海 定边 越城 从江 高密 同平 上高 东平 久治 道外 合江 沙洲 定兴
    金台 正定 海港 临海 称多 周至 民丰 大通 垦利 海城 清原 应城 金明 湖口 成武 成安 清河 义安 建安 新金 建平 通江 高青 水城 利通 海安 平顺 宽城 交城
    台安 东港 大港 明光 修文 修水 水富 北湖 安化 君山 文安 明水 盐田 三河 长兴 大东 大丰 长丰 新罗 新都 新会 新干   建华 建昌 建宁 建阳 安义 安远
      安福 安平
    和政 民和 安定 安居 安宁 八步 白水 白塔 白银 白云 宝塔 北站 比如 滨海 滨湖 滨江 博爱 长安 长寿 长治 朝阳 城北
    城东 城南 城西 城中 赤水 崇信 大方 大关 大观 大名 灯塔 东方 东风 东海 东湖 东坡 动力 二道 二七 方山
    方正 丰满 凤凰 芙蓉 富民 富裕 复兴 甘泉 高明 高台 公安 公园 工农 共和 鼓楼 光化 光明 光泽 海棠 海晏
    合作 和平 和顺 河东 河口 河西 红旗 红星 宏伟 湖滨 湖里 互助 会同 惠民 鸡冠 吉利 江岸 江北 江南 江山
    交口 解放 金沙 金水 金山 井冈山 咸丰 康乐 来安 来宾 乐业 梨树 立新 莲花 龙江 龙门 庐山 路北 路南
    路桥 露天 民乐 民权 名山 牡丹 南岸 南部 南海 南湖 平安 平房 平和 平原 普陀 七星 前锋 前进 桥东 桥头
    桥西 青山 清水 清新 日照 榆树 三门 三元 山城 上街 上林 石林 石门 石棉 石柱 市北 市南 四方 四会 泰山
    太白 太和 太平 太湖 桃源 天山 天台 天桥 天涯 同仁 同心 通道 万年 万全 万山 围场 温泉 文明 卧龙 无极
    无为 五峰 武功 西湖 西山 西夏 西市 东市 下关 祥云 向阳 小店 小河 新城 新华 新建 新民 新市 新星 新兴
    新源 兴国 兴隆 兴业 延长 延寿 沿河 盐湖 阳春 阳明 爱民 永定 永和 永新 友好 友谊 裕民 元宝 运河 云霄
    樟树 振兴 中方 中原 中心 钟楼 资源 港口 徽州 湾里 石鼓 双河 双桥 台前 天心 小金 新安 永安 中站
    """.split()
)

# Full names that are ordinary words too, or stand across two words (示范县, 沿海城市, 财政和县级).
COMMON_FULL = set(
    """
    和县 任县 范县 成县 定县 城区 市区 新区 矿区 郊区 东区 西区 南区 北区 中区 市中区 市郊区 南郊区 北郊区 西郊区 东郊区 海城市 应城市 政和县 民和县
    东城区 西城区 南城区 北城区 老城区 新城区 上城区 下城区 城东区 城西区 城南区 城北区 城中区 城关区 城厢区 南市区 北市区 新市区
    """.split()
)


def short(name, level):
    """The name as people say it: 深圳, 黔南, 西双版纳."""
    if name in SHORT:
        return SHORT[name]
    if level == "省级":
        return PROVINCES.get(name, name[:-1])
    for end in ("自治州", "自治县", "自治旗"):
        if name.endswith(end):
            stem = name[: -len(end)]
            found = True
            while found:
                found = False
                for people in PEOPLE + BARE:
                    if stem.endswith(people) and len(stem) > len(people):
                        stem, found = stem[: -len(people)], True
                        break
            return stem
    if WHOLE.match(name):
        return name
    for end in ("地区", "新区", "林区", "特区", "矿区"):
        if name.endswith(end) and len(name) > len(end) + 1:
            return name[: -len(end)]
    if name[-1] in "市区县旗盟" and len(name) > 2:
        return name[:-1]
    return name


def also(name, level):
    """Other names in use: 黔南州, 白沙县."""
    names = list(ALSO.get(name, []))
    if name in SHORT and name in ALSO:
        return names
    stem = short(name, level)
    if name.endswith("自治州"):
        names.append(stem + "州")
    elif name.endswith("自治县"):
        names.append(stem + "县")
    elif name.endswith("自治旗") and not names:
        names.append(stem + "旗")
    return names


def read(path):
    with open(path, encoding="utf-8-sig") as file:
        for line in csv.DictReader(file):
            first, last = int(line["启用时间"]), line["变更/弃用时间"]
            yield {
                "code": line["代码"], "name": line["名称"], "level": line["级别"], "province": line["一级行政区"],
                "above": line["二级行政区"], "first": first, "last": int(last) if last else None,
                "next": [n for n in line["新代码"].split(";") if n], "former": [],
            }


def join_same_code(rows):
    """One row where a code kept its name and only its parent was renamed."""
    by = defaultdict(list)
    for row in rows:
        by[row["code"], row["name"]].append(row)
    joined = []
    for group in by.values():
        group.sort(key=lambda row: row["first"])
        done = []
        for row in group:
            if done and done[-1]["last"] is not None and row["first"] - done[-1]["last"] <= 0:
                done[-1].update(last=row["last"], next=row["next"], above=row["above"], province=row["province"])
            else:
                done.append(row)
        joined += done
    return joined


def same_name_next(row, other):
    return other["name"] == row["name"] and other["level"] == row["level"] and other["first"] == row["last"]


def join_chains(rows):
    """One row where a division kept its name and only its code changed."""
    by_code = defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(row)
    gone = set()
    for row in sorted(rows, key=lambda row: row["first"]):
        if row["last"] is None:
            continue
        if row["level"] == "地级" and not row["next"]:
            row["next"] = [other["code"] for other in rows if same_name_next(row, other)]
        for code in row["next"]:
            heirs = [
                heir for heir in by_code[code.split("[")[0]]
                if same_name_next(row, heir) and heir is not row and "[" not in code
            ]
            if heirs:
                heir = heirs[0]
                heir["former"] = row["former"] + [f"{row['code']}-{row['last']}"] + heir["former"]
                heir["first"] = row["first"]
                gone.add(id(row))
                break
    return [row for row in rows if id(row) not in gone]


def successors(row, rows, by_code):
    if row["last"] is None:
        return []
    final = [code for code in row["next"] if "[" not in code]
    renamed = [
        heir for heir in by_code[row["code"]] if heir is not row and heir["first"] == row["last"]
    ]
    if row["code"] in final or (not final and renamed):
        return [row["code"]]
    if final or row["level"] != "地级":
        return final or [code.split("[")[0] for code in row["next"]]
    heirs = Counter()
    for county in rows:
        own = [f for f in county["former"] if f[:4] == row["code"][:4]]
        codes = [county["code"]] if own else county["next"] if county["code"][:4] == row["code"][:4] else []
        for code in codes:
            above = code[:4] + "00"
            if above != row["code"]:
                heirs[above if above in by_code else code[:2] + "0000"] += 1
    best = [code for code, _ in heirs.most_common(1)]
    return best


def main():
    rows = join_chains(join_same_code(list(read(sys.argv[1]))))
    by_code = defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(row)
    print("code", "name", "short", "also", "parent", "first", "last", "successors", "former", "common", sep="\t")
    for row in sorted(rows, key=lambda row: (row["code"], row["first"])):
        code, level = row["code"], row["level"]
        parent = "" if level == "省级" else code[:2] + "0000"
        if level == "县级" and code[:4] + "00" in by_code and row["above"] not in ("直辖", ""):
            parent = code[:4] + "00"
        said = short(row["name"], level)
        common = "full" if row["name"] in COMMON_FULL else "short" if said != row["name"] and said in COMMON else ""
        print(
            code, row["name"], said, ";".join(also(row["name"], level)), parent, row["first"], row["last"] or "",
            ";".join(successors(row, rows, by_code)), ";".join(row["former"]), common, sep="\t",
        )


main()
