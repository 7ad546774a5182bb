# `make demo` and `make test` need nothing but Debian 12 and Swift 6.3 in PATH; scripts/setup brings the rest.
# `make help` lists all targets.

SWIFT ?= swift
# The same flags for every debug build, so that one build serves `build`, `demo` and `test`.
SWIFT_FLAGS ?= --explicit-target-dependency-import-check error
# The Swift run-time goes into the program; the build id ties a stripped program to its debug symbols.
# Without the symbols that a program exports for nobody it is 4 MB smaller.
RELEASE_FLAGS ?= -c release --static-swift-stdlib -Xlinker --build-id=sha1 -Xlinker --no-export-dynamic

DEBUG_DIR := .build/debug
# Where `deb` and `install` take the release programs from. Setting it says that they are there: nothing is built.
RELEASE_DIR ?=
ifeq ($(RELEASE_DIR),)
PROGRAMS := .build/release
RELEASE := release
else
PROGRAMS := $(RELEASE_DIR)
RELEASE :=
endif
DEB_DIR ?= .build/deb

DESTDIR ?=
PREFIX ?= /usr
SYSCONFDIR ?= /etc
UNITDIR ?= /lib/systemd/system

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | sort | expand -t 12

.PHONY: demo
demo: ## daemon and simulator, and Prometheus where it is installed, until Ctrl-C
	@scripts/setup build demo
	$(SWIFT) build $(SWIFT_FLAGS)
	@scripts/demo $(DEBUG_DIR)

.PHONY: build
build: ## debug build
	@scripts/setup build
	$(SWIFT) build $(SWIFT_FLAGS)

.PHONY: test
test: ## all unit tests, with every compiler check on
	@scripts/setup build test
	$(SWIFT) build --build-tests $(SWIFT_FLAGS)
	# The schedule is tried on hours of simulated time, which fills both cores for half a minute: on its own, so that tests
	# with sockets do not wait for it.
	$(SWIFT) test --skip-build $(SWIFT_FLAGS) --filter '^PollingTests\.'
	$(SWIFT) test --skip-build $(SWIFT_FLAGS) --skip '^PollingTests\.'

.PHONY: release
release: ## optimised programs with the Swift run-time inside, in .build/release
	@scripts/setup build
	scripts/stamp $(SWIFT) build $(RELEASE_FLAGS)

.PHONY: linkage
linkage: $(RELEASE) ## what the release programs may link, and their size
	scripts/check-linkage $(PROGRAMS)

.PHONY: deb
deb: $(RELEASE) ## Debian packages, in .build/deb
	@scripts/setup package
	scripts/build-deb $(PROGRAMS) $(DEB_DIR)

.PHONY: e2e
e2e: deb ## the packages under a real systemd, as root
	@scripts/setup e2e
	Tests/EndToEnd/run $(DEB_DIR)

.PHONY: page
page: $(RELEASE) ## the status page in a headless Chromium
	@scripts/setup page
	scripts/page-check $(PROGRAMS)

.PHONY: web
web: $(RELEASE) ## the HTTP surface: exposition, web configuration, TLS, bounds, malformed requests
	@scripts/setup web
	scripts/web-check $(PROGRAMS)

.PHONY: alerts
alerts: ## the Prometheus rules against a running daemon, Prometheus and Alertmanager
	@scripts/setup build test
ifeq ($(RELEASE_DIR),)
	$(SWIFT) build $(SWIFT_FLAGS)
	FGE_BIN_DIR=$(abspath $(DEBUG_DIR)) scripts/alerts
else
	FGE_BIN_DIR=$(abspath $(RELEASE_DIR)) scripts/alerts
endif

.PHONY: rules
rules: ## promtool and amtool over the rules, scrape configuration and Alertmanager example
	@scripts/setup test
	scripts/check-rules

.PHONY: bench
bench: $(RELEASE) ## figures of size, start, memory and CPU
	@scripts/setup bench
	scripts/bench $(PROGRAMS)

.PHONY: format
format: ## rewrites the Swift sources in the house style
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

.PHONY: lint
lint: ## style of Swift, shell, units, manual pages and YAML
	@scripts/setup lint
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests
	scripts/check-shell
	scripts/check-units
	scripts/check-manuals
	scripts/check-documents

.PHONY: install
install: $(RELEASE) ## everything under DESTDIR, PREFIX (/usr), SYSCONFDIR (/etc)
	scripts/install-files $(PROGRAMS) "$(DESTDIR)" "$(PREFIX)" "$(SYSCONFDIR)" "$(UNITDIR)"

.PHONY: clean
clean: ## removes what was built
	rm -rf .build
	dh_clean 2>/dev/null || true
