package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.token.TokenFixtures;
import dev.gatehouse.adapters.testkit.token.UnsignedTokens;
import dev.gatehouse.application.World;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.application.token.ManagingSigningKeys.Listed;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KeyRotation;
import dev.gatehouse.domain.token.KeyRotation.Standing;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SigningKeyServiceTest {
    private final World world = new World();
    private final Caller admin = world.admin();
    private final SigningKeyService keys = world.signingKeyService;

    private List<String> told() {
        return keys.list(admin).stream()
                .map(each -> each.key().kid() + " " + each.standing().word())
                .toList();
    }

    private void keep() {
        keys.keep(World.origin());
    }

    @Test
    void there_is_always_a_key_that_waits() {
        assertThat(told()).containsExactly("key-1 active");
        keep();
        keep();
        assertThat(told()).containsExactly("key-1 active", "key-2 next");
    }

    @Test
    void the_key_that_waited_long_enough_takes_over_at_once_and_another_waits() {
        keep();
        world.clock.advance(KeyRotation.LEAD);

        Listed successor = keys.rotate(admin, Optional.empty(), Optional.empty());

        assertThat(successor.key().kid()).isEqualTo("key-2");
        assertThat(successor.standing()).isEqualTo(Standing.ACTIVE);
        assertThat(told()).containsExactly("key-1 retired", "key-2 active", "key-3 next");
        AuditEntry entry = world.lastEntry();
        assertThat(entry.action()).isEqualTo(AuditAction.SIGNING_KEY_ROTATED);
        assertThat(entry.changes()).containsExactly(new AuditEntry.Change("active", "key-1", "key-2"));
    }

    @Test
    void a_key_that_nobody_could_know_yet_takes_over_later() {
        keep();
        Instant made = world.clock.instant();

        Listed successor = keys.rotate(admin, Optional.empty(), Optional.empty());

        assertThat(successor.standing()).isEqualTo(Standing.NEXT);
        assertThat(successor.key().activeFrom()).contains(made.plus(KeyRotation.LEAD));
        assertThat(told().getFirst()).isEqualTo("key-1 active");
        world.clock.advance(KeyRotation.LEAD);
        assertThat(told()).startsWith("key-1 retired", "key-2 active");
    }

    @Test
    void one_rotation_at_a_time() {
        keep();
        keys.rotate(admin, Optional.empty(), Optional.empty());
        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() -> keys.rotate(admin, Optional.empty(), Optional.empty()));
        assertThat(told()).containsExactly("key-1 active", "key-2 next", "key-3 next");
    }

    @Test
    void of_two_rotations_at_once_one_happens() {
        keep();
        Race<Listed> race = Race.of(2, () -> keys.rotate(admin, Optional.empty(), Optional.empty()));
        assertThat(race.returned()).hasSize(1);
        assertThat(race.thrown()).singleElement().isInstanceOf(Refusal.Unmet.class);
    }

    @Test
    void the_same_request_again_lets_no_other_key_sign() {
        keep();
        world.clock.advance(KeyRotation.LEAD);
        Optional<Repetition> once = Optional.of(new Repetition("k-1", "as asked"));
        Listed first = keys.rotate(admin, Optional.empty(), once);

        assertThat(keys.rotate(admin, Optional.empty(), once)).isEqualTo(first);

        assertThat(told()).containsExactly("key-1 retired", "key-2 active", "key-3 next");
        assertThat(world.entries(AuditAction.SIGNING_KEY_ROTATED)).hasSize(1);
        assertThatExceptionOfType(Refusal.Unmet.class)
                .isThrownBy(() ->
                        keys.rotate(admin, Optional.empty(), Optional.of(new Repetition("k-1", "something else"))));
    }

    @Test
    void another_algorithm_replaces_the_key_that_waits() {
        keep();

        Listed successor = keys.rotate(admin, Optional.of("EdDSA"), Optional.empty());

        assertThat(successor.key().algorithm()).isEqualTo(SigningKey.Algorithm.EDDSA);
        assertThat(successor.key().activeFrom()).contains(world.clock.instant().plus(KeyRotation.LEAD));
        assertThat(keys.list(admin))
                .filteredOn(each -> each.key().isStandby())
                .singleElement()
                .satisfies(each -> assertThat(each.key().algorithm()).isEqualTo(SigningKey.Algorithm.EDDSA));
    }

    @Test
    void an_unknown_algorithm_is_refused_and_written_down() {
        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> keys.rotate(admin, Optional.of("HS256"), Optional.empty()));
        assertThat(world.lastEntry().outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
    }

    @Test
    void when_the_key_that_signs_is_revoked_the_one_that_waits_signs_at_once() {
        keep();

        Listed revoked = keys.revoke(admin, "key-1");

        assertThat(revoked.standing()).isEqualTo(Standing.REVOKED);
        assertThat(told()).contains("key-1 revoked", "key-2 active").anyMatch(each -> each.endsWith(" next"));
        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.SIGNING_KEY_REVOKED);
        assertThat(world.lastEntry().target().name()).isEqualTo("key-1");
    }

    @Test
    void when_none_waits_a_new_one_signs_at_once() {
        keys.revoke(admin, "key-1");
        assertThat(told()).contains("key-1 revoked", "key-2 active");
    }

    @Test
    void revoking_twice_changes_nothing() {
        keep();
        Listed first = keys.revoke(admin, "key-1");
        world.clock.advance(Duration.ofSeconds(9));
        assertThat(keys.revoke(admin, "key-1").key()).isEqualTo(first.key());
        assertThat(told()).contains("key-2 active");
    }

    @Test
    void what_is_no_key_cannot_be_revoked() {
        assertThatExceptionOfType(Refusal.NotFound.class).isThrownBy(() -> keys.revoke(admin, "none"));
        assertThatExceptionOfType(Refusal.NotFound.class).isThrownBy(() -> keys.rehearseRevocation(admin, "none"));
    }

    @Test
    void every_change_is_told_to_the_other_nodes() {
        long before = world.changes.ask();
        keep();
        long after = world.changes.ask();
        keys.rotate(admin, Optional.empty(), Optional.empty());
        long last = world.changes.ask();
        keys.revoke(admin, "key-1");
        assertThat(after).isGreaterThan(before);
        assertThat(last).isGreaterThan(after);
        assertThat(world.changes.ask()).isGreaterThan(last);
    }

    @Test
    void a_key_that_signed_for_long_enough_is_replaced_by_itself_and_once() {
        keep();
        world.clock.advance(World.KEY_PERIOD.minusSeconds(1));
        keep();
        assertThat(world.signingKeys.all()).hasSize(2);

        world.clock.advance(Duration.ofSeconds(1));
        keep();
        keep();

        assertThat(world.entries(AuditAction.SIGNING_KEY_ROTATED)).hasSize(1);
        assertThat(new KeyRotation(world.signingKeys.all()).activeAt(world.clock.instant()))
                .map(SigningKey::kid)
                .contains("key-2");
    }

    @Test
    void a_process_that_finds_a_key_replaced_just_before_replaces_it_no_second_time() {
        keep();
        world.clock.advance(World.KEY_PERIOD);
        SigningKeyService slower = world.signingKeyService((algorithm, now) -> {
            keep();
            return world.keyMaker.make(algorithm, now);
        });

        slower.keep(World.origin());

        assertThat(told()).containsExactly("key-1 retired", "key-2 active", "key-3 next");
        assertThat(world.entries(AuditAction.SIGNING_KEY_ROTATED))
                .extracting(AuditEntry::outcome)
                .containsExactly(AuditEntry.Outcome.DONE);
    }

    /** A token that this key signed, of nobody in particular. */
    private ApiToken signedBy(String kid) {
        ApiToken token = TokenFixtures.aTokenOf(TokenFixtures.aRoleSubject(), world.clock.instant())
                .signedBy(kid);
        world.tokens.insert(token);
        return token;
    }

    private boolean isRevoked(ApiToken token) {
        return world.tokens.find(token.id()).orElseThrow().isRevoked();
    }

    @Test
    void each_key_says_how_many_tokens_rest_on_it() {
        signedBy("key-1");
        signedBy("key-1");
        keep();
        assertThat(keys.list(admin)).extracting(Listed::liveTokens).containsExactly(2L, 0L);

        Duration age = Duration.ofMinutes(30);
        KindPolicy ceiling = new KindPolicy(
                Optional.empty(), Optional.of(age), false, Optional.empty(), Optional.empty(), Optional.empty());
        world.tokenPolicies.store(Optional.empty(), new TokenPolicy(KindPolicy.LENIENT, ceiling, 0));
        world.clock.advance(age);
        assertThat(keys.list(admin)).extracting(Listed::liveTokens).containsExactly(0L, 0L);
    }

    @Test
    void the_records_of_what_a_revoked_key_signed_are_ended_and_no_others() {
        keep();
        ApiToken lost = signedBy("key-1");
        ApiToken spared = signedBy("key-2");

        assertThat(keys.revoke(admin, "key-1").liveTokens()).isZero();

        assertThat(world.tokens.find(lost.id()).orElseThrow().state())
                .isEqualTo(new ApiToken.State.Revoked(world.clock.instant(), "admin", "signing key key-1 was revoked"));
        assertThat(isRevoked(spared)).isFalse();
    }

    @Test
    void sessions_of_a_revoked_key_end_and_leave_room_for_others() {
        SessionRules one = new SessionRules(
                Duration.ofHours(24),
                Optional.empty(),
                Duration.ofHours(24),
                Optional.of(new SessionRules.Limit(2, SessionRules.Beyond.REFUSE)));
        World small = new World(one);
        Caller first = small.admin();
        Caller second = small.admin();
        small.sessions.signed(new SessionId(first.credential().orElseThrow()), "key-1");
        small.signingKeyService.keep(World.origin());

        small.signingKeyService.revoke(second, "key-1");

        assertThat(small.sessions.find(new SessionId(first.credential().orElseThrow())))
                .map(Session::state)
                .contains(new Session.State.Ended(small.clock.instant(), Session.Reason.REVOKED));
        assertThat(small.sessions.find(new SessionId(second.credential().orElseThrow())))
                .map(Session::state)
                .contains(new Session.State.Live());
        assertThat(small.admin().name()).isEqualTo("admin");
    }

    @Test
    void what_a_revocation_would_end_is_told_first_and_nothing_ends() {
        keep();
        ApiToken token = signedBy("key-1");
        world.sessions.signed(new SessionId(admin.credential().orElseThrow()), "key-1");

        ManagingSigningKeys.Rehearsed rehearsed = keys.rehearseRevocation(admin, "key-1");

        assertThat(rehearsed.key().standing()).isEqualTo(Standing.REVOKED);
        assertThat(rehearsed.sessions()).isEqualTo(1);
        assertThat(rehearsed.tokens()).isEqualTo(1);
        assertThat(told()).containsExactly("key-1 active", "key-2 next");
        assertThat(isRevoked(token)).isFalse();
        assertThat(world.sessions.find(new SessionId(admin.credential().orElseThrow())))
                .map(Session::state)
                .contains(new Session.State.Live());
        assertThat(world.entries(AuditAction.SIGNING_KEY_REVOKED)).isEmpty();
    }

    @Test
    void what_would_end_is_counted_as_it_will_be_ended_and_no_record_of_it_is_touched() {
        keep();
        signedBy("key-1");
        signedBy("key-2");
        keys.rehearseRevocation(admin, "key-1");
        long before = world.store.writes();
        keys.rehearseRevocation(admin, "key-1");
        long ofFew = world.store.writes() - before;
        List<SessionId> signed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            signedBy("key-1");
            signed.add(new SessionId(world.admin().credential().orElseThrow()));
            world.sessions.signed(signed.getLast(), "key-1");
        }

        before = world.store.writes();
        ManagingSigningKeys.Rehearsed rehearsed = keys.rehearseRevocation(admin, "key-1");

        assertThat(world.store.writes() - before).isEqualTo(ofFew);
        keys.revoke(admin, "key-1");
        assertThat(rehearsed.sessions())
                .isEqualTo(signed.stream()
                        .filter(each -> world.sessions.find(each).orElseThrow().state() instanceof Session.State.Ended)
                        .count())
                .isEqualTo(20);
        assertThat(rehearsed.tokens())
                .isEqualTo(world
                        .tokens
                        .find(TokenFilter.all(world.clock.instant()), new PageRequest(100, Optional.empty()))
                        .items()
                        .stream()
                        .filter(ApiToken::isRevoked)
                        .count())
                .isEqualTo(21);
    }

    @Test
    void a_session_that_was_begun_when_its_key_was_revoked_is_ended_later() {
        keep();
        keys.revoke(admin, "key-1");
        SessionId late = new SessionId(world.admin().credential().orElseThrow());
        world.sessions.signed(late, "key-1");
        keep();
        assertThat(world.sessions.find(late).orElseThrow().state()).isInstanceOf(Session.State.Ended.class);
    }

    @Test
    void a_session_says_which_key_signed_its_latest_token() {
        SessionId id = new SessionId(world.admin().credential().orElseThrow());
        assertThat(world.sessions.endSignedBy(UnsignedTokens.KID, world.clock.instant(), Session.Reason.REVOKED))
                .isPositive();
        assertThat(world.sessions.find(id).orElseThrow().state()).isInstanceOf(Session.State.Ended.class);
    }

    @Test
    void what_was_being_given_out_when_its_key_was_revoked_is_ended_later() {
        keep();
        keys.revoke(admin, "key-1");
        ApiToken late = signedBy("key-1");
        keep();
        assertThat(isRevoked(late)).isTrue();

        ApiToken later = signedBy("key-1");
        world.clock.advance(Duration.ofMinutes(1));
        keep();
        assertThat(isRevoked(later)).isTrue();
        assertThat(world.signingKeys.withLiveRecords()).isEmpty();
    }

    @Test
    void of_very_many_the_rest_is_ended_after_the_answer() {
        keep();
        List<ApiToken> many =
                Stream.generate(() -> signedBy("key-1")).limit(10_001).toList();

        assertThat(keys.revoke(admin, "key-1").liveTokens()).isEqualTo(1);

        keep();
        assertThat(many).allMatch(this::isRevoked);
    }

    @Test
    void a_token_that_is_given_out_says_which_key_signed_it() {
        world.project("demo");
        ApiToken token = world.managingProjectTokens
                .issue(admin, "demo", "ci", new NewToken(Optional.empty(), "", 0))
                .token();
        assertThat(world.tokens.find(token.id()).orElseThrow().signedBy()).contains(UnsignedTokens.KID);
    }

    @Test
    void who_may_not_learns_nothing() {
        world.account("bob", "login");
        Caller bob = world.signIn("bob");
        assertThatExceptionOfType(Refusal.Forbidden.class).isThrownBy(() -> keys.list(bob));
        assertThatExceptionOfType(Refusal.Forbidden.class)
                .isThrownBy(() -> keys.rotate(bob, Optional.empty(), Optional.empty()));
        assertThatExceptionOfType(Refusal.Forbidden.class).isThrownBy(() -> keys.revoke(bob, "key-1"));
        assertThatExceptionOfType(Refusal.Forbidden.class).isThrownBy(() -> keys.revoke(bob, "none"));
        assertThatExceptionOfType(Refusal.Forbidden.class).isThrownBy(() -> keys.rehearseRevocation(bob, "none"));
    }
}
