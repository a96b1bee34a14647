package dev.gatehouse.adapters.testkit.token;

import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.aSigningKey;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.aStandby;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What all {@link SigningKeys} promise. */
public interface SigningKeysContract {
    /** The port under test, over a store that holds no key at this moment. */
    SigningKeys emptySigningKeys();

    /** Puts a key into that store whatever it holds, as a rotation will. */
    void plant(SigningKey key);

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void an_empty_store_has_none() {
        assertThat(emptySigningKeys().all()).isEmpty();
    }

    @Test
    default void the_first_key_is_added_and_comes_back_as_it_went_in() {
        for (SigningKey.Algorithm algorithm : SigningKey.Algorithm.values()) {
            SigningKeys keys = emptySigningKeys();
            SigningKey key = new SigningKey(
                    Samples.unique() + "_-Ab",
                    algorithm,
                    new SealedSecret("v1.~!/+=" + "aB3/".repeat(2_500)),
                    NOW,
                    Optional.of(NOW.plusSeconds(300)),
                    Optional.of(new SigningKey.Revocation(NOW.plusSeconds(301), "alice")));

            assertThat(keys.insertFirst(key)).isTrue();

            assertThat(keys.all()).containsExactly(key);
        }
    }

    @Test
    default void of_a_revoked_key_it_is_known_whether_the_records_of_its_tokens_are_ended() {
        SigningKeys keys = emptySigningKeys();
        SigningKey key = aSigningKey();
        keys.insertFirst(key);
        SigningKey other = aSigningKey();
        keys.insert(other);
        assertThat(keys.withLiveRecords()).isEmpty();

        keys.revoke(key.kid(), NOW, "admin");
        assertThat(keys.withLiveRecords()).containsExactly(key.kid());

        keys.recordsEnded(key.kid());
        assertThat(keys.withLiveRecords()).isEmpty();
    }

    @Test
    default void every_time_comes_back_as_it_went_in() {
        for (Instant moment : Samples.MOMENTS) {
            SigningKeys keys = emptySigningKeys();
            SigningKey key = aSigningKey(Samples.unique(), moment);
            keys.insertFirst(key);
            assertThat(keys.all()).containsExactly(key);
        }
    }

    @Test
    default void a_second_key_is_not_added() {
        SigningKeys keys = emptySigningKeys();
        SigningKey first = aSigningKey();
        keys.insertFirst(first);

        assertThat(keys.insertFirst(aSigningKey())).isFalse();
        assertThat(keys.insertFirst(first)).isFalse();

        assertThat(keys.all()).containsExactly(first);
    }

    @Test
    default void beside_a_key_that_came_otherwise_none_is_added() {
        SigningKeys keys = emptySigningKeys();
        SigningKey planted = aSigningKey();
        plant(planted);

        assertThat(keys.insertFirst(aSigningKey())).isFalse();

        assertThat(keys.all()).containsExactly(planted);
    }

    @Test
    default void of_many_who_add_the_first_key_at_once_exactly_one_does() {
        for (int round = 0; round < 5; round++) {
            SigningKeys keys = emptySigningKeys();
            Race<Boolean> race = Race.of(8, () -> transactions().inTransaction(() -> keys.insertFirst(aSigningKey())));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnlyOnce(true);
            assertThat(keys.all()).hasSize(1);
        }
    }

    @Test
    default void keys_are_listed_the_newest_first_and_those_of_one_instant_by_kid() {
        SigningKeys keys = emptySigningKeys();
        SigningKey oldest = aSigningKey("0" + Samples.unique(), NOW.minusSeconds(60));
        SigningKey middleB = aSigningKey("b" + Samples.unique(), NOW);
        SigningKey middleA = aSigningKey("a" + Samples.unique(), NOW);
        SigningKey newest = aSigningKey("c" + Samples.unique(), NOW.plusNanos(1_000));
        for (SigningKey each : List.of(middleB, newest, oldest, middleA)) plant(each);

        assertThat(keys.all()).containsExactly(newest, middleA, middleB, oldest);
    }

    @Test
    default void a_key_is_added_beside_others_and_no_kid_twice() {
        SigningKeys keys = emptySigningKeys();
        SigningKey first = aSigningKey(Samples.unique(), NOW);
        SigningKey standby = aStandby(Samples.unique(), NOW.plusSeconds(1));
        keys.insertFirst(first);

        keys.insert(standby);

        assertThat(keys.all()).containsExactly(standby, first);
        assertThatThrownBy(() -> keys.insert(standby)).isInstanceOf(Refusal.Conflict.class);
        assertThat(keys.all()).containsExactly(standby, first);
    }

    @Test
    default void a_key_gets_a_turn_and_an_earlier_one_but_no_later_one() {
        SigningKeys keys = emptySigningKeys();
        SigningKey key = aStandby(Samples.unique(), NOW);
        keys.insert(key);

        assertThat(keys.activate("another", NOW)).isFalse();
        assertThat(keys.activate(key.kid(), NOW.plusSeconds(9))).isTrue();
        assertThat(keys.activate(key.kid(), NOW.plusSeconds(3))).isTrue();
        assertThat(keys.activate(key.kid(), NOW.plusSeconds(3))).isFalse();
        assertThat(keys.activate(key.kid(), NOW.plusSeconds(5))).isFalse();

        assertThat(keys.all()).containsExactly(key.from(NOW.plusSeconds(3)));
    }

    @Test
    default void the_first_revocation_wins_and_a_revoked_key_gets_no_turn() {
        SigningKeys keys = emptySigningKeys();
        SigningKey key = aStandby(Samples.unique(), NOW);
        keys.insert(key);

        assertThat(keys.revoke("another", NOW, "alice")).isFalse();
        assertThat(keys.revoke(key.kid(), NOW, "alice")).isTrue();
        assertThat(keys.revoke(key.kid(), NOW.plusSeconds(1), "bob")).isFalse();
        assertThat(keys.activate(key.kid(), NOW)).isFalse();

        assertThat(keys.all()).containsExactly(key.revoke(NOW, "alice"));
    }

    @Test
    default void only_a_key_that_waits_is_removed() {
        SigningKeys keys = emptySigningKeys();
        SigningKey first = aSigningKey(Samples.unique(), NOW);
        SigningKey standby = aStandby(Samples.unique(), NOW);
        SigningKey revoked = aStandby(Samples.unique(), NOW);
        keys.insertFirst(first);
        keys.insert(standby);
        keys.insert(revoked);
        keys.revoke(revoked.kid(), NOW, "alice");

        assertThat(keys.removeStandby(first.kid())).isFalse();
        assertThat(keys.removeStandby(revoked.kid())).isFalse();
        assertThat(keys.removeStandby("another")).isFalse();
        assertThat(keys.removeStandby(standby.kid())).isTrue();

        assertThat(keys.all()).extracting(SigningKey::kid).containsExactlyInAnyOrder(first.kid(), revoked.kid());
    }

    @Test
    default void who_holds_the_keys_sees_what_the_one_before_did() {
        SigningKeys keys = emptySigningKeys();
        keys.insertFirst(aSigningKey(Samples.unique(), NOW));

        Race<Boolean> race = Race.of(
                8,
                () -> transactions().inTransaction(() -> {
                    boolean none = keys.hold().stream().noneMatch(SigningKey::isStandby);
                    if (none) keys.insert(aStandby(Samples.unique(), NOW));
                    return none;
                }));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnlyOnce(true);
        assertThat(keys.all()).hasSize(2);
    }

    @Test
    default void a_transaction_that_failed_added_nothing() {
        SigningKeys keys = emptySigningKeys();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    assertThat(keys.insertFirst(aSigningKey())).isTrue();
                    assertThat(keys.all()).hasSize(1);
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(keys.all()).isEmpty();
        assertThat(keys.insertFirst(aSigningKey())).isTrue();
    }
}
