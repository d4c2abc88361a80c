# Both commands, their completions and manual pages on a small Debian. See README.md, “In a container”.
FROM rust:1-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo install --locked --path . --root /out \
    && /out/bin/xianli-index manual /out/share/man/man1 \
    && /out/bin/xianli-index completions bash /out/share/bash-completion/completions

FROM debian:bookworm-slim
COPY --from=build /out/bin/ /usr/local/bin/
COPY --from=build /out/share/ /usr/local/share/
# Whoever runs it needs no rights but to write the index.
RUN useradd --uid 1000 --create-home xianli && install -d -o xianli -g xianli /index
USER xianli
ENV LANG=C.UTF-8 XIANLI_INDEX=/index
VOLUME /index
CMD ["xianli", "--help"]
