// Lucene 8 over one table of paragraphs, by CJKAnalyzer (pairs) or SmartChineseAnalyzer (words).
// The verbs are those of README.md; the first argument names the analyzer.

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

public class Lucene {
    public static void main(String[] arguments) throws Exception {
        Analyzer analyzer = arguments[0].equals("cjk") ? new CJKAnalyzer() : new SmartChineseAnalyzer();
        if (arguments[1].equals("index")) {
            index(analyzer, arguments[2], arguments[3]);
            return;
        }
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Paths.get(arguments[2]))));
        QueryBuilder builder = new QueryBuilder(analyzer);
        switch (arguments[1]) {
            case "one":
                System.out.println(top(searcher, query(builder, arguments[3], arguments[4])));
                break;
            case "all":
                all(searcher, builder, arguments[3]);
                break;
            default:
                ids(searcher, builder, arguments[3]);
        }
    }

    /** Two threads add what one reads; 256 MB of postings, as xianli. */
    static void index(Analyzer analyzer, String corpus, String folder) throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(analyzer);
        config.setRAMBufferSizeMB(256);
        ArrayBlockingQueue<String> lines = new ArrayBlockingQueue<>(10_000);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(Paths.get(folder)), config)) {
            Thread[] threads = new Thread[2];
            for (int each = 0; each < threads.length; each++) {
                threads[each] = new Thread(() -> add(writer, lines));
                threads[each].start();
            }
            try (BufferedReader table = Files.newBufferedReader(Path.of(corpus, "paragraphs.tsv"))) {
                for (String line = table.readLine(); line != null; line = table.readLine()) {
                    lines.put(line);
                }
            }
            for (Thread thread : threads) {
                lines.put("");
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    static void add(IndexWriter writer, ArrayBlockingQueue<String> lines) {
        try {
            for (String line = lines.take(); !line.isEmpty(); line = lines.take()) {
                int tab = line.indexOf('\t');
                Document document = new Document();
                document.add(new StoredField("number", line.substring(0, tab)));
                document.add(new TextField("text", line.substring(tab + 1), Field.Store.YES));
                writer.addDocument(document);
            }
        } catch (IOException | InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    static Query query(QueryBuilder builder, String kind, String text) {
        if (kind.equals("long question")) {
            return orNothing(builder.createBooleanQuery("text", text, Occur.SHOULD));
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String term : kind.equals("two terms") ? text.split(" ") : new String[] {text}) {
            all.add(orNothing(builder.createPhraseQuery("text", term)), Occur.MUST);
        }
        return all.build();
    }

    static Query orNothing(Query query) {
        return query == null ? new MatchNoDocsQuery() : query;
    }

    static long top(IndexSearcher searcher, Query query) throws IOException {
        TopDocs found = searcher.search(query, 10);
        for (ScoreDoc hit : found.scoreDocs) {
            searcher.doc(hit.doc).get("text");
        }
        return found.totalHits.value;
    }

    static void all(IndexSearcher searcher, QueryBuilder builder, String path) throws IOException {
        List<String> questions = Files.readAllLines(Path.of(path));
        for (int round = 0; round < 20; round++) {
            for (String line : questions) {
                String[] question = line.split("\t", 2);
                long start = System.nanoTime();
                long found = top(searcher, query(builder, question[0], question[1]));
                if (round == 19) {
                    System.out.printf("%.3f\t%d%n", (System.nanoTime() - start) / 1e6, found);
                }
            }
        }
    }

    static void ids(IndexSearcher searcher, QueryBuilder builder, String path) throws IOException {
        for (String line : Files.readAllLines(Path.of(path))) {
            Query query = query(builder, "literal", line.split("\t", 2)[1]);
            StringBuilder numbers = new StringBuilder();
            for (ScoreDoc hit : searcher.search(query, searcher.getIndexReader().maxDoc()).scoreDocs) {
                numbers.append(searcher.doc(hit.doc).get("number")).append(' ');
            }
            System.out.println(numbers.toString().trim());
        }
    }
}
