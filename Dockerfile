# syntax=docker/dockerfile:1
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/studybot ./cmd/studybot \
 && mkdir -p /out/data /out/notes

FROM scratch
COPY --from=build /out/studybot /studybot
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/notes /notes
USER 65532:65532
ENV STUDYBOT_DATA=/data
VOLUME /data
ENTRYPOINT ["/studybot"]
