package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.ManagingPolicy.Draft;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.Policy;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.access.ProjectPolicy;
import dev.gatehouse.domain.project.ProjectLabels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PolicyInForceTest {
    private static final int AT_ONCE = 16;

    private final World world = new World();

    @Test
    void a_change_of_one_project_makes_that_one_again_and_nothing_else() {
        PolicyInForce inForce = inForce(world.policies);
        world.project("one");
        world.project("two");
        Policy policy = inForce.answering(about("one")).policy();
        ProjectPolicy one = project(inForce, "one");
        ProjectPolicy two = project(inForce, "two");

        String version = world.managingProjects
                .get(world.admin(), "one")
                .project()
                .resourceVersion()
                .toString();
        world.managingProjects.update(
                world.admin(),
                new ManagingProjects.Draft("one", "", version, ProjectLabels.NONE, "new", List.of(), "{}"));

        assertThat(inForce.answering(about("one")).policy()).isSameAs(policy);
        assertThat(project(inForce, "two")).isSameAs(two);
        assertThat(project(inForce, "one")).isNotSameAs(one);
    }

    @Test
    void a_change_of_the_policy_makes_no_project_again() {
        PolicyInForce inForce = inForce(world.policies);
        world.project("one");
        Policy policy = inForce.answering(about("one")).policy();
        ProjectPolicy one = project(inForce, "one");

        replace("p, bob, logs, get, one/web, allow");

        assertThat(inForce.answering(about("one")).policy()).isNotSameAs(policy);
        assertThat(project(inForce, "one")).isSameAs(one);
    }

    @Test
    void a_policy_that_many_ask_for_at_once_is_made_once() throws Exception {
        CountedPolicies counted = new CountedPolicies(world.policies, AT_ONCE);
        PolicyInForce inForce = inForce(counted);

        Set<Policy> made;
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Callable<Policy> ask = () -> inForce.answering(about("one")).policy();
            List<Future<Policy>> all = threads.invokeAll(Collections.nCopies(AT_ONCE, ask));
            made = new HashSet<>();
            for (Future<Policy> each : all) made.add(each.get());
        }

        assertThat(made).hasSize(1);
        assertThat(counted.read).hasValue(1);
    }

    /** However long that takes: who asks waits for it (D6). */
    @Test
    void while_a_new_policy_is_made_nobody_is_answered_by_the_one_before() throws Exception {
        CountedPolicies counted = new CountedPolicies(world.policies, 0);
        PolicyInForce inForce = inForce(counted);
        world.account("carol", "login");
        Caller carol = world.signIn("carol");
        AccessQuestion question = new AccessQuestion("accounts", "get", "bob");
        replace("p, carol, accounts, get, *, allow");
        assertThat(inForce.decide(carol, question)).isInstanceOf(Decision.Allowed.class);

        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        counted.beforeReading = () -> {
            reading.countDown();
            made.await();
        };
        replace("");
        List<Future<Decision>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) all.add(threads.submit(() -> inForce.decide(carol, question)));
            reading.await();
            assertThat(inForce.recall(carol, question)).isEmpty();
            made.countDown();
        }

        for (Future<Decision> each : all) assertThat(each.get()).isInstanceOf(Decision.Denied.class);
        assertThat(counted.read).hasValue(2);
    }

    /** Who makes it may be waiting for a connection to the store, and who is in a transaction has one. */
    @Test
    void who_holds_the_policy_in_a_transaction_waits_for_nobody_who_makes_it() throws Exception {
        CountedPolicies counted = new CountedPolicies(world.policies, 0);
        PolicyInForce inForce = inForce(counted);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        counted.beforeReading = () -> {
            counted.beforeReading = () -> {};
            reading.countDown();
            held.await();
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Policy> asked =
                    threads.submit(() -> inForce.answering(about("one")).policy());
            reading.await();
            Future<Policy> holding = threads.submit(inForce::hold);
            try {
                assertThat(holding.get(30, TimeUnit.SECONDS)).isNotNull();
            } finally {
                held.countDown();
            }
            assertThat(asked.get()).isNotNull();
        }
        assertThat(inForce.answering(about("one")).policy()).isNotNull();
        assertThat(counted.read).hasValue(2);
    }

    /** So that no thread of the network ever waits for a policy to be made. */
    @Test
    void what_was_changed_is_not_recalled_until_it_was_made_again() {
        CountedPolicies counted = new CountedPolicies(world.policies, 0);
        PolicyInForce inForce = inForce(counted);
        AccessQuestion question = new AccessQuestion("accounts", "get", "bob");

        Caller asking = world.admin();
        assertThat(inForce.recall(asking, question)).isEmpty();
        inForce.decide(asking, question);
        assertThat(inForce.recall(asking, question)).isPresent();
        replace("p, bob, accounts, get, *, allow");
        assertThat(inForce.recall(asking, question)).isEmpty();
        assertThat(counted.read).hasValue(1);
    }

    private PolicyInForce inForce(Policies policies) {
        return new PolicyInForce(policies, world.projects, world.accounts, world.changes, unreadable -> {});
    }

    private static AccessQuestion about(String project) {
        return new AccessQuestion("applications", "get", project + "/web");
    }

    private static ProjectPolicy project(PolicyInForce inForce, String name) {
        return inForce.answering(about(name)).project().orElseThrow();
    }

    private void replace(String csv) {
        world.managingPolicy.replace(
                world.admin(), new Draft(csv, "", List.of("groups"), "glob", Optional.of(world.policies.version())));
    }

    private interface Waiting {
        void await() throws InterruptedException;
    }

    /** Counts how often the document is read, and lets nobody read it before so many have asked for its version. */
    private static final class CountedPolicies implements Policies {
        private final Policies behind;
        private final CountDownLatch askers;
        final AtomicInteger read = new AtomicInteger();
        volatile Waiting beforeReading = () -> {};

        CountedPolicies(Policies behind, int askers) {
            this.behind = behind;
            this.askers = new CountDownLatch(askers);
        }

        @Override
        public PolicyDocument current() {
            read.incrementAndGet();
            try {
                assertThat(askers.await(30, TimeUnit.SECONDS)).isTrue();
                beforeReading.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return behind.current();
        }

        @Override
        public int version() {
            int version = behind.version();
            askers.countDown();
            return version;
        }

        @Override
        public int hold() {
            return behind.hold();
        }

        @Override
        public PolicyDocument update(PolicyDocument document) {
            return behind.update(document);
        }
    }
}
