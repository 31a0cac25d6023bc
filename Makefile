# parc: make without a goal says what there is.
SHELL := /bin/bash
export CGO_ENABLED := 0
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)
TOOLS := .cache/bin
GOLANGCI := v2.15.0
GOTESTSUM := v1.13.0

.DEFAULT_GOAL := help
.PHONY: help build ui run demo test check race lint lint-data generate verify bench bench-scan cover clean go-present node-present

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ui bin/parc ## the UI and the binary, in bin/parc

ui: web/dist/index.html

web/dist/index.html: web/app/node_modules/.package-lock.json $(shell git ls-files web/app/src web/app/public web/app/index.html web/app/vite.config.ts 2>/dev/null)
	npm --prefix web/app run --silent build
	@touch $@

web/app/node_modules/.package-lock.json: web/app/package-lock.json | node-present
	npm --prefix web/app ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: bin/parc
bin/parc: | go-present
	@mkdir -p bin
	go build -trimpath -ldflags '$(LDFLAGS)' -o $@ ./cmd/parc

run: build ## build, then serve on 127.0.0.1:8080
	bin/parc serve

demo: demo-tools build ## a simulated company, scanned for real, in the web UI
	bin/parc demo

.PHONY: demo-tools test-tools
demo-tools:
	@.ci/install.sh nmap

test-tools: | node-present
	@.ci/install.sh nmap snmpd snmpget postgres chromium pdftotext openssl fusioninventory-agent fusioninventory-netdiscovery ocsinventory-agent

test: test-tools $(TOOLS)/gotestsum build ## everything: Go on both databases, UI components, the real UI in Chromium
	@.ci/test.sh

check: | go-present ## the quick half: Go tests that need no other programs but pdftotext and openssl
	@.ci/install.sh pdftotext openssl
	go vet ./... && go test -short ./inventory ./inventory/exchange ./lifecycle/... ./scanner/profile ./cmd/...

race: test-tools ## the Go tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race ./...

lint: $(TOOLS)/golangci-lint web/app/node_modules/.package-lock.json lint-data ## gofmt, vet, golangci-lint, tsc, eslint, device data
	@test -z "$$(gofmt -s -l $$(git ls-files '*.go'))" || { gofmt -s -l $$(git ls-files '*.go'); echo "run gofmt -s -w on these"; exit 1; }
	go vet ./...
	$(TOOLS)/golangci-lint run ./...
	npm --prefix web/app run --silent lint

lint-data: | go-present ## device profiles: strict keys, examples, no ties
	go run ./cmd/parc profile lint

generate: web/app/node_modules/.package-lock.json ## the OpenAPI document and the UI's types from it
	go generate ./api/...
	npm --prefix web/app run --silent generate

verify: generate ## generated files are current
	git diff --exit-code -- api/openapi.json web/app/src/api

bench: | go-present ## benchmarks of reconcile, store, import and reports
	go test -run '^$$' -bench . -benchmem ./inventory/... ./lifecycle/... ./cmd/parc

bench-scan: | go-present ## benchmarks of the scanner
	@.ci/install.sh nmap
	go test -run '^$$' -bench . -benchmem ./scanner/...

cover: test-tools ## coverage of the Go tests
	go test -coverprofile=coverage.out ./... && go tool cover -func=coverage.out | tail -n 1

clean: ## what make has built
	rm -rf bin .cache coverage.out web/app/node_modules
	find web/dist -mindepth 1 ! -name .gitkeep -delete

go-present:
	@command -v go >/dev/null || { echo "Go is missing: install Go 1.26 or later from https://go.dev/dl/"; exit 1; }

node-present:
	@.ci/install.sh node npm
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number); if (a<18||(a===18&&b<18)) { console.error("Node "+process.version+" is too old: 18.18 or later is needed"); process.exit(1) }'

$(TOOLS)/golangci-lint: Makefile | go-present
	GOBIN=$(CURDIR)/$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)
	@touch $@

$(TOOLS)/gotestsum: Makefile | go-present
	GOBIN=$(CURDIR)/$(TOOLS) go install gotest.tools/gotestsum@$(GOTESTSUM)
	@touch $@
