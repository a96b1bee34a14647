# A list of what one does here; the work is done by ./gatehouse, which finds the JDK, and by Maven.
.PHONY: help run test bench bench-nodes timing timing-imported bench-policy fuzz format db wycheproof e2e
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build if needed and start the service on http://127.0.0.1:8080
	@./gatehouse serve

test: ## everything that has to be green: ./gatehouse check
	@./gatehouse check

bench: ## how fast it is, as ratios (docs/benchmark.md); needs wrk, takes about twenty-four minutes
	@command -v wrk >/dev/null || { echo 'make bench needs wrk. Install it, for instance: apt-get install wrk' >&2; exit 1; }
	@./gatehouse java bench/Bench.java $(BENCH)
	@[ "$(BENCH)" = quick ] || $(MAKE) --no-print-directory bench-policy bench-nodes

timing: ## SAMPLES=<n>: does the time of a refused sign-in tell whose name it is? (docs/security.md)
	@./gatehouse java bench/Timing.java $(SAMPLES)

timing-imported: ## SAMPLES=<n>: the same where a third of the accounts have a bcrypt hash
	@./gatehouse java bench/Timing.java $(or $(SAMPLES),400) imported

bench-nodes: ## needs wrk; two processes on one PostgreSQL: how soon a revocation arrives, introspection, a check beside a million tokens
	@command -v wrk >/dev/null || { echo 'make bench-nodes needs wrk. Install it, for instance: apt-get install wrk' >&2; exit 1; }
	@./gatehouse mvn -B -ntp -q -pl bootstrap -am -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
		-Dit.test=NodesBenchmark -Dfailsafe.failIfNoSpecifiedTests=false verify
	@cat target/bench-nodes.txt

format: ## format the Java sources
	@./gatehouse mvn -B -ntp -q spotless:apply

db: ## an SQL shell on the embedded database (stop the service first)
	@./gatehouse db

fuzz: ## LASTING=<2m> ROUNDS=<50>: readers of policies and patterns, fed with made-up texts; then the generated tests
	@./gatehouse mvn -B -ntp -q -pl domain test-compile surefire:test@fuzz -Dfuzz.duration="$(or $(LASTING),2m)"
	@./gatehouse mvn -B -ntp -q -pl domain -Dtest='PatternTest,PolicyGrammarTest,PolicyAgreementTest' \
		-Dfuzz.rounds="$(or $(ROUNDS),50)" test

bench-policy: ## how long a decision takes and a policy loads, by its size, with jCasbin beside it; about four minutes
	@./gatehouse mvn -B -ntp -q -pl domain test-compile dependency:build-classpath \
		-Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath
	@./gatehouse java -Xmx3g -XX:+UseSerialGC \
		-cp "domain/target/classes:domain/target/test-classes:$$(cat domain/target/test.classpath)" \
		dev.gatehouse.domain.access.PolicyBenchmark

wycheproof: ## VECTORS=<folder>: the JOSE vectors of C2SP/wycheproof against the token verifier
	@test -n "$(VECTORS)" || { echo "usage: make wycheproof VECTORS=<folder that holds json_web_signature_test.json>" >&2; exit 2; }
	@./gatehouse mvn -B -ntp -q -pl adapters-security -am -Dtest=WycheproofTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Dwycheproof.vectors="$(abspath $(VECTORS))" test

e2e: ## the packaged service as a process: walkthroughs, README, start, stop, kill (bootstrap/**/*IT)
	@./gatehouse mvn -B -ntp -q -pl bootstrap -am -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false verify
