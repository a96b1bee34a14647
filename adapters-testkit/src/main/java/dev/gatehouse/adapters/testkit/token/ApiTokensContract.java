package dev.gatehouse.adapters.testkit.token;

import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.aLiveToken;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.aRoleSubject;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.aSuccessorOf;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.aTokenId;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.aTokenName;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.aTokenOf;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.anAccountSubject;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.anExpiredToken;
import static dev.gatehouse.adapters.testkit.token.TokenFixtures.anOverlap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.project.ProjectFixtures;
import dev.gatehouse.adapters.testkit.shared.Conflicts;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.Lifetime;
import dev.gatehouse.domain.token.Overlap;
import dev.gatehouse.domain.token.Restrictions;
import dev.gatehouse.domain.token.Terms;
import dev.gatehouse.domain.token.TokenEnd;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import dev.gatehouse.domain.token.TokenSubject;
import dev.gatehouse.domain.token.Uses;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What all {@link ApiTokens} promise. */
public interface ApiTokensContract {
    /** The port under test. */
    ApiTokens apiTokens();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void a_token_comes_back_as_it_went_in() {
        for (ApiToken each : List.of(
                aLiveToken(),
                aTokenOf(anAccountSubject()),
                TokenFixtures.anEndlessToken(),
                anExpiredToken(),
                TokenFixtures.aRestrictedToken(aRoleSubject()),
                aSuccessorOf(TokenFixtures.aRestrictedToken(anAccountSubject())),
                aLiveToken()
                        .supersededBy(aTokenId(), Overlap.ofSeconds(0, false), NOW)
                        .firstUsed(NOW),
                aLiveToken().supersededBy(aTokenId(), anOverlap(), NOW).closedByUse(NOW.plusNanos(1_000)),
                aLiveToken().supersededBy(aTokenId(), anOverlap(), NOW).revoke(NOW, "admin", "leaked"),
                TokenFixtures.aRevokedToken())) {
            apiTokens().insert(each);
            assertThat(apiTokens().find(each.id())).contains(each);
            assertThat(apiTokens().named(each.subject(), each.name())).contains(each);
        }
    }

    @Test
    default void none_is_found_under_an_id_or_a_name_that_none_has() {
        assertThat(apiTokens().find(aTokenId())).isEmpty();
        assertThat(apiTokens().named(aRoleSubject(), aTokenName())).isEmpty();
    }

    @Test
    default void every_text_comes_back_as_it_went_in() {
        List<String> texts = new ArrayList<>(Samples.TEXTS);
        texts.add(Samples.wide(255));
        for (String text : texts) {
            ApiToken token = TokenFixtures.aTokenDescribedAs(text, "by " + text).revoke(NOW, "proj:" + text);
            apiTokens().insert(token);
            assertThat(apiTokens().find(token.id())).contains(token);
        }
    }

    @Test
    default void the_longest_names_come_back_as_they_went_in() {
        String unique = Samples.unique();
        TokenSubject longest = new TokenSubject.OfProjectRole(
                ProjectFixtures.aProjectId(),
                new dev.gatehouse.domain.project.ProjectName("a".repeat(253)),
                new RoleName("R".repeat(128)));
        ApiToken token = ApiToken.issue(
                new TokenId(unique + "!$&'()*+,;=@~{}[]<>^`-_." + "x".repeat(160 - 24 - unique.length())),
                new TokenName("~".repeat(128)),
                longest,
                "",
                Lifetime.ofSeconds(3_153_600_000L),
                longest.claim(),
                NOW);

        apiTokens().insert(token);

        assertThat(apiTokens().find(token.id())).contains(token);
        assertThat(apiTokens().named(longest, token.name())).contains(token);
        assertThat(apiTokens().unrevokedOf(longest, 10)).containsExactly(token);
    }

    @Test
    default void every_time_comes_back_as_it_went_in() {
        for (Instant moment : Samples.MOMENTS) {
            ApiToken token =
                    aTokenOf(anAccountSubject(), moment.minusSeconds(7_200)).revoke(moment, "admin");
            apiTokens().insert(token);
            assertThat(apiTokens().find(token.id())).contains(token);
        }
    }

    @Test
    default void letter_case_tells_ids_apart() {
        String id = "aB" + Samples.unique();
        ApiToken small = withId(id.toLowerCase(Locale.ROOT));
        ApiToken large = withId(id.toUpperCase(Locale.ROOT));

        apiTokens().insert(small);
        apiTokens().insert(large);

        assertThat(apiTokens().find(small.id())).contains(small);
        assertThat(apiTokens().find(large.id())).contains(large);
        assertThat(apiTokens().find(new TokenId(id))).isEmpty();
    }

    @Test
    default void an_id_that_was_ever_used_is_refused_for_whomever() {
        ApiToken first = aLiveToken();
        apiTokens().insert(first);
        ApiToken second = withId(first.id().value());

        Conflicts.assertRefused(
                () -> apiTokens().insert(second),
                Reason.ALREADY_EXISTS,
                ApiToken.KIND,
                first.id().value());
        assertThat(apiTokens().find(first.id())).contains(first);

        apiTokens().revoke(first.id(), NOW, "admin");
        Conflicts.assertRefused(
                () -> apiTokens().insert(second),
                Reason.ALREADY_EXISTS,
                ApiToken.KIND,
                first.id().value());
        assertThat(apiTokens().find(first.id())).contains(first.revoke(NOW, "admin"));
        assertThat(apiTokens().named(second.subject(), second.name())).isEmpty();
    }

    @Test
    default void a_name_that_was_ever_used_for_this_subject_is_refused() {
        for (TokenSubject subject : List.of(anAccountSubject(), aRoleSubject())) {
            ApiToken first = aTokenOf(subject);
            apiTokens().insert(first);
            ApiToken second = named(subject, first.name());

            assertThatExceptionOfType(Refusal.Conflict.class)
                    .isThrownBy(() -> apiTokens().insert(second))
                    .satisfies(conflict -> assertThat(conflict.reason()).isEqualTo(Reason.ALREADY_EXISTS));
            apiTokens().revoke(first.id(), NOW, "admin");
            assertThatExceptionOfType(Refusal.Conflict.class)
                    .isThrownBy(() -> apiTokens().insert(second));

            assertThat(apiTokens().find(second.id())).isEmpty();
            assertThat(apiTokens().named(subject, first.name())).contains(first.revoke(NOW, "admin"));
        }
    }

    @Test
    default void the_id_and_the_name_of_a_removed_token_stay_taken() {
        ApiToken token = aTokenOf(anAccountSubject());
        apiTokens().insert(token);
        TokenSubject.OfProjectRole role = aRoleSubject();
        ApiToken ofRole = aTokenOf(role);
        apiTokens().insert(ofRole);

        int removed = transactions()
                .inTransaction(() -> apiTokens().remove(Set.of(token.id(), ofRole.id(), aTokenId()), NOW));

        assertThat(removed).isEqualTo(2);
        assertThat(apiTokens().find(token.id())).isEmpty();
        assertThat(apiTokens().named(token.subject(), token.name())).isEmpty();
        assertThat(apiTokens().unrevokedOf(token.subject(), 10)).isEmpty();
        assertThat(apiTokens().givenInProject(role)).isEqualTo(1);
        assertThat(apiTokens().remove(Set.of(token.id()), NOW)).isZero();
        for (ApiToken again : List.of(
                token,
                ApiToken.issue(token.id(), aTokenName(), anAccountSubject(), "", Lifetime.ENDLESS, "admin", NOW),
                ApiToken.issue(aTokenId(), token.name(), token.subject(), "", Lifetime.ENDLESS, "admin", NOW)))
            assertThatExceptionOfType(Refusal.Conflict.class)
                    .isThrownBy(() -> apiTokens().insert(again))
                    .satisfies(each -> assertThat(each.reason()).isEqualTo(Reason.ALREADY_EXISTS));
        assertThat(apiTokens().find(token.id())).isEmpty();
        apiTokens()
                .insert(ApiToken.issue(
                        aTokenId(), token.name(), anAccountSubject(), "", Lifetime.ENDLESS, "admin", NOW));
    }

    @Test
    default void a_refused_id_of_a_removed_token_leaves_the_transaction_as_it_was() {
        ApiToken token = aTokenOf(anAccountSubject());
        ApiToken other = aTokenOf(anAccountSubject());
        apiTokens().insert(token);
        apiTokens().remove(Set.of(token.id()), NOW);

        transactions().inTransaction(() -> {
            assertThatExceptionOfType(Refusal.Conflict.class)
                    .isThrownBy(() -> apiTokens().insert(token));
            apiTokens().insert(other);
            return 0;
        });

        assertThat(apiTokens().find(token.id())).isEmpty();
        assertThat(apiTokens().find(other.id())).contains(other);
    }

    @Test
    default void who_takes_the_id_of_a_token_while_it_is_removed_is_refused() {
        for (int round = 0; round < 10; round++) {
            ApiToken token = aTokenOf(anAccountSubject());
            apiTokens().insert(token);

            Race<Boolean> race = Race.between(List.of(
                    () -> transactions().inTransaction(() -> apiTokens().remove(Set.of(token.id()), NOW)) == 1,
                    () -> transactions().inTransaction(() -> {
                        try {
                            apiTokens().insert(token);
                            return false;
                        } catch (Refusal.Conflict e) {
                            return true;
                        }
                    })));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsExactly(true, true);
            assertThat(apiTokens().find(token.id())).isEmpty();
        }
    }

    @Test
    default void families_are_held_as_a_whole_and_nobody_is_waited_for() {
        ApiToken first = aTokenOf(anAccountSubject());
        ApiToken second = aSuccessorOf(first);
        ApiToken alone = aLiveToken();
        ApiToken other = aLiveToken();
        for (ApiToken each : List.of(first, second, alone, other)) apiTokens().insert(each);

        List<ApiToken> held =
                transactions().inTransaction(() -> apiTokens().holdFree(Set.of(first.id(), alone.id(), aTokenId())));

        assertThat(held).containsExactlyInAnyOrder(first, second, alone);
        assertThat(apiTokens().holdFree(Set.of())).isEmpty();
    }

    @Test
    default void a_name_is_free_for_every_other_subject() {
        TokenName name = aTokenName();
        TokenSubject.OfProjectRole role = aRoleSubject();
        TokenSubject.OfAccount account = anAccountSubject();
        List<TokenSubject> subjects = List.of(
                role,
                new TokenSubject.OfProjectRole(role.id(), role.project(), new RoleName("cd")),
                new TokenSubject.OfProjectRole(role.id(), role.project(), new RoleName("CI")),
                new TokenSubject.OfProjectRole(ProjectFixtures.aProjectId(), role.project(), role.role()),
                account,
                new TokenSubject.OfAccount(AccountFixtures.anAccountId(), account.name()));

        for (TokenSubject each : subjects) {
            ApiToken token = named(each, name);
            apiTokens().insert(token);
            assertThat(apiTokens().named(each, name)).contains(token);
        }
    }

    @Test
    default void of_two_who_insert_one_id_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            String id = Samples.unique();
            Race<ApiToken> race = Race.of(4, () -> {
                ApiToken mine = withId(id);
                transactions().inTransaction(() -> apiTokens().insert(mine));
                return mine;
            });

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(each -> Conflicts.assertConflict(each, Reason.ALREADY_EXISTS, ApiToken.KIND, id));
            assertThat(apiTokens().find(new TokenId(id)))
                    .contains(race.returned().getFirst());
        }
    }

    @Test
    default void of_two_who_insert_one_name_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            TokenSubject subject = aRoleSubject();
            TokenName name = aTokenName();
            Race<ApiToken> race = Race.of(4, () -> {
                ApiToken mine = named(subject, name);
                transactions().inTransaction(() -> apiTokens().insert(mine));
                return mine;
            });

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown()).hasOnlyElementsOfType(Refusal.Conflict.class);
            assertThat(apiTokens().unrevokedOf(subject, 10)).isEqualTo(race.returned());
        }
    }

    @Test
    default void a_subject_has_its_tokens_the_newest_first_and_then_by_id() {
        TokenSubject subject = aRoleSubject();
        String unique = Samples.unique();
        ApiToken middleB = token(unique + "-b", subject, NOW);
        ApiToken newest = token(unique + "-c", subject, NOW.plusSeconds(60));
        ApiToken oldest = token(unique + "-0", subject, NOW.minusSeconds(60));
        ApiToken middleA = token(unique + "-a", subject, NOW);
        for (ApiToken each : List.of(middleB, newest, oldest, middleA))
            apiTokens().insert(each);

        assertThat(apiTokens().unrevokedOf(subject, 10)).containsExactly(newest, middleA, middleB, oldest);
        assertThat(apiTokens().unrevokedOfProject((TokenSubject.OfProjectRole) subject, 10))
                .containsExactly(newest, middleA, middleB, oldest);
    }

    @Test
    default void of_many_tokens_the_newest_are_told() {
        TokenSubject.OfProjectRole subject = aRoleSubject();
        ApiToken oldest = aTokenOf(subject, NOW.minusSeconds(2));
        ApiToken middle = aTokenOf(subject, NOW.minusSeconds(1));
        ApiToken newest = aTokenOf(subject, NOW);
        for (ApiToken each : List.of(middle, newest, oldest)) apiTokens().insert(each);

        assertThat(apiTokens().unrevokedOf(subject, 2)).containsExactly(newest, middle);
        assertThat(apiTokens().unrevokedOfProject(subject, 1)).containsExactly(newest);
    }

    @Test
    default void the_tokens_of_one_second_are_those_of_which_the_issue_begins_with_it() {
        TokenSubject.OfProjectRole subject = aRoleSubject();
        Instant second = NOW.truncatedTo(ChronoUnit.SECONDS);
        ApiToken before = aTokenOf(subject, second.minusNanos(1_000));
        ApiToken first = aTokenOf(subject, second);
        ApiToken last = aTokenOf(subject, second.plusSeconds(1).minusNanos(1_000));
        ApiToken after = aTokenOf(subject, second.plusSeconds(1));
        ApiToken revoked = aTokenOf(subject, second).revoke(second, "admin");
        for (ApiToken each : List.of(before, first, last, after, revoked, aTokenOf(aRoleSubject(), second)))
            apiTokens().insert(each);

        assertThat(apiTokens().unrevokedOf(subject, second.getEpochSecond(), 10))
                .containsExactlyInAnyOrder(first, last);
        assertThat(apiTokens().unrevokedOf(subject, second.getEpochSecond(), 1)).hasSize(1);
        assertThat(apiTokens().unrevokedOf(subject, second.getEpochSecond() + 2, 10))
                .isEmpty();
        for (long never : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE})
            assertThat(apiTokens().unrevokedOf(subject, never, 10)).isEmpty();
    }

    @Test
    default void expired_tokens_are_listed_and_revoked_ones_are_not() {
        TokenSubject.OfProjectRole subject = aRoleSubject();
        ApiToken expired = aTokenOf(subject, NOW.minusSeconds(100_000));
        ApiToken revoked = aTokenOf(subject).revoke(NOW, "admin");
        ApiToken revokedLater = aTokenOf(subject);
        for (ApiToken each : List.of(expired, revoked, revokedLater))
            apiTokens().insert(each);
        apiTokens().revoke(revokedLater.id(), NOW, "admin");

        assertThat(apiTokens().unrevokedOf(subject, 10)).containsExactly(expired);
        assertThat(apiTokens().unrevokedOfProject(subject, 10)).containsExactly(expired);
    }

    @Test
    default void a_role_has_none_of_the_tokens_of_another_role_project_or_account() {
        TokenSubject.OfProjectRole ci = aRoleSubject();
        TokenSubject cd = new TokenSubject.OfProjectRole(ci.id(), ci.project(), new RoleName("cd"));
        TokenSubject earlier = new TokenSubject.OfProjectRole(ProjectFixtures.aProjectId(), ci.project(), ci.role());
        ApiToken ofCi = aTokenOf(ci);
        ApiToken ofCd = aTokenOf(cd, NOW.minusSeconds(60));
        for (ApiToken each : List.of(ofCi, ofCd, aTokenOf(earlier), aLiveToken()))
            apiTokens().insert(each);

        assertThat(apiTokens().unrevokedOf(ci, 10)).containsExactly(ofCi);
        assertThat(apiTokens().unrevokedOf(cd, 10)).containsExactly(ofCd);
        assertThat(apiTokens().unrevokedOfProject(ci, 10)).containsExactly(ofCi, ofCd);
        assertThat(apiTokens()
                        .unrevokedOfProject(
                                new TokenSubject.OfProjectRole(ci.id(), ci.project(), new RoleName("any")), 10))
                .containsExactly(ofCi, ofCd);
    }

    @Test
    default void every_token_that_the_roles_of_a_project_ever_got_is_counted() {
        TokenSubject.OfProjectRole ci = aRoleSubject();
        TokenSubject cd = new TokenSubject.OfProjectRole(ci.id(), ci.project(), new RoleName("cd"));
        TokenSubject earlier = new TokenSubject.OfProjectRole(ProjectFixtures.aProjectId(), ci.project(), ci.role());
        TokenSubject.OfProjectRole any = new TokenSubject.OfProjectRole(ci.id(), ci.project(), new RoleName("any"));
        assertThat(apiTokens().givenInProject(any)).isZero();
        for (ApiToken each : List.of(aTokenOf(ci), aTokenOf(ci).revoke(NOW, "admin"), aTokenOf(cd), aTokenOf(earlier)))
            apiTokens().insert(each);

        assertThat(apiTokens().givenInProject(any)).isEqualTo(3);
        apiTokens().revokeAllOf(ci, NOW, "admin");
        assertThat(apiTokens().givenInProject(ci)).isEqualTo(3);
    }

    @Test
    default void an_account_has_none_of_the_tokens_of_an_earlier_account_of_its_name() {
        TokenSubject.OfAccount earlier = anAccountSubject();
        TokenSubject later = new TokenSubject.OfAccount(AccountFixtures.anAccountId(), earlier.name());
        apiTokens().insert(aTokenOf(earlier));

        assertThat(apiTokens().unrevokedOf(later, 10)).isEmpty();
    }

    @Test
    default void revoking_a_token_ends_it_and_no_other() {
        TokenSubject subject = aRoleSubject();
        ApiToken token = aTokenOf(subject);
        ApiToken other = aTokenOf(subject);
        apiTokens().insert(token);
        apiTokens().insert(other);

        boolean ended = apiTokens().revoke(token.id(), NOW.plusNanos(1_000), "alice");

        assertThat(ended).isTrue();
        assertThat(apiTokens().find(token.id())).contains(token.revoke(NOW.plusNanos(1_000), "alice"));
        assertThat(apiTokens().find(other.id())).contains(other);
    }

    @Test
    default void the_first_revocation_wins() {
        ApiToken token = aLiveToken();
        apiTokens().insert(token);
        apiTokens().revoke(token.id(), NOW, "alice");

        assertThat(apiTokens().revoke(token.id(), NOW.plusSeconds(9), "bob")).isFalse();

        assertThat(apiTokens().find(token.id())).contains(token.revoke(NOW, "alice"));
    }

    @Test
    default void an_expired_token_can_still_be_revoked() {
        ApiToken token = anExpiredToken();
        apiTokens().insert(token);

        assertThat(apiTokens().revoke(token.id(), NOW, "admin")).isTrue();
    }

    @Test
    default void revoking_what_is_not_there_ends_nothing() {
        assertThat(apiTokens().revoke(aTokenId(), NOW, "admin")).isFalse();
    }

    @Test
    default void of_two_who_revoke_one_token_exactly_one_did() {
        for (int round = 0; round < 10; round++) {
            ApiToken token = aLiveToken();
            apiTokens().insert(token);
            List<Callable<Boolean>> revokers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String by = "user-" + i;
                revokers.add(() ->
                        transactions().inTransaction(() -> apiTokens().revoke(token.id(), NOW, by)));
            }

            Race<Boolean> race = Race.between(revokers);

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnlyOnce(true);
            assertThat(apiTokens().find(token.id()))
                    .contains(token.revoke(NOW, "user-" + race.returned().indexOf(true)));
        }
    }

    @Test
    default void revoking_all_of_a_subject_ends_those_that_were_not_ended_before() {
        for (TokenSubject subject : List.of(anAccountSubject(), aRoleSubject())) {
            ApiToken live = aTokenOf(subject);
            ApiToken expired = aTokenOf(subject, NOW.minusSeconds(100_000));
            ApiToken revoked = aTokenOf(subject).revoke(NOW, "alice");
            ApiToken ofAnother = aLiveToken();
            for (ApiToken each : List.of(live, expired, revoked, ofAnother))
                apiTokens().insert(each);

            int count = apiTokens().revokeAllOf(subject, NOW.plusSeconds(5), "bob");

            assertThat(count).isEqualTo(2);
            assertThat(apiTokens().find(live.id())).contains(live.revoke(NOW.plusSeconds(5), "bob"));
            assertThat(apiTokens().find(expired.id())).contains(expired.revoke(NOW.plusSeconds(5), "bob"));
            assertThat(apiTokens().find(revoked.id())).contains(revoked);
            assertThat(apiTokens().find(ofAnother.id())).contains(ofAnother);
            assertThat(apiTokens().revokeAllOf(subject, NOW.plusSeconds(6), "bob"))
                    .isZero();
        }
    }

    @Test
    default void revoking_all_of_a_role_spares_the_other_roles_and_an_earlier_project_of_the_name() {
        TokenSubject.OfProjectRole ci = aRoleSubject();
        ApiToken ofCd = aTokenOf(new TokenSubject.OfProjectRole(ci.id(), ci.project(), new RoleName("cd")));
        ApiToken ofEarlier =
                aTokenOf(new TokenSubject.OfProjectRole(ProjectFixtures.aProjectId(), ci.project(), ci.role()));
        apiTokens().insert(ofCd);
        apiTokens().insert(ofEarlier);

        assertThat(apiTokens().revokeAllOf(ci, NOW, "admin")).isZero();

        assertThat(apiTokens().find(ofCd.id())).contains(ofCd);
        assertThat(apiTokens().find(ofEarlier.id())).contains(ofEarlier);
    }

    @Test
    default void all_who_revoke_all_of_a_subject_at_once_end_each_token_once() {
        for (int round = 0; round < 5; round++) {
            TokenSubject subject = aRoleSubject();
            for (int i = 0; i < 10; i++) apiTokens().insert(aTokenOf(subject));

            Race<Integer> race = Race.between(Collections.nCopies(
                    4, () -> transactions().inTransaction(() -> apiTokens().revokeAllOf(subject, NOW, "admin"))));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned().stream().mapToInt(each -> each).sum()).isEqualTo(10);
        }
    }

    @Test
    default void what_a_transaction_wrote_it_finds_and_nobody_after_it_failed() {
        ApiToken kept = aLiveToken();
        ApiToken alsoKept = aLiveToken();
        ApiToken added = aLiveToken();
        apiTokens().insert(kept);
        apiTokens().insert(alsoKept);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    apiTokens().insert(added);
                    apiTokens().revoke(kept.id(), NOW, "admin");
                    apiTokens().revokeAllOf(alsoKept.subject(), NOW, "admin");
                    assertThat(apiTokens().find(added.id())).contains(added);
                    assertThat(apiTokens().unrevokedOf(added.subject(), 10)).containsExactly(added);
                    assertThat(apiTokens().find(kept.id())).contains(kept.revoke(NOW, "admin"));
                    assertThat(apiTokens().unrevokedOf(alsoKept.subject(), 10)).isEmpty();
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(apiTokens().find(added.id())).isEmpty();
        assertThat(apiTokens().find(kept.id())).contains(kept);
        assertThat(apiTokens().unrevokedOf(alsoKept.subject(), 10)).containsExactly(alsoKept);
        apiTokens().insert(added);
        assertThat(apiTokens().named(added.subject(), added.name())).contains(added);
    }

    @Test
    default void of_two_who_supersede_one_token_exactly_one_did() {
        for (int round = 0; round < 10; round++) {
            ApiToken token = aLiveToken();
            apiTokens().insert(token);
            Race<Optional<TokenId>> race = Race.of(
                    4,
                    () -> transactions().inTransaction(() -> {
                        ApiToken next = aSuccessorOf(token);
                        if (!apiTokens().supersede(token.supersededBy(next.id(), anOverlap(), NOW)))
                            return Optional.<TokenId>empty();
                        apiTokens().insert(next);
                        return Optional.of(next.id());
                    }));

            assertThat(race.thrown()).isEmpty();
            List<TokenId> made =
                    race.returned().stream().flatMap(Optional::stream).toList();
            assertThat(made).hasSize(1);
            assertThat(apiTokens().find(token.id())).contains(token.supersededBy(made.getFirst(), anOverlap(), NOW));
            assertThat(apiTokens().unrevokedOf(token.subject(), 10)).hasSize(2);
        }
    }

    @Test
    default void what_was_revoked_or_superseded_is_not_superseded() {
        ApiToken revoked = aLiveToken().revoke(NOW, "admin");
        ApiToken superseded = aLiveToken().supersededBy(aTokenId(), anOverlap(), NOW);
        for (ApiToken each : List.of(revoked, superseded)) {
            apiTokens().insert(each);
            assertThat(apiTokens().supersede(each.supersededBy(aTokenId(), anOverlap(), NOW.plusSeconds(1))))
                    .isFalse();
            assertThat(apiTokens().find(each.id())).contains(each);
        }
        assertThat(apiTokens().supersede(aLiveToken())).isFalse();
    }

    @Test
    default void who_holds_a_token_is_waited_for() {
        for (int round = 0; round < 10; round++) {
            ApiToken token = aLiveToken();
            apiTokens().insert(token);

            // Each finds what the one before left, so that none is lost.
            Race<Boolean> race = Race.of(
                    4,
                    () -> transactions().inTransaction(() -> {
                        ApiToken held = apiTokens().hold(token.id()).orElseThrow();
                        if (held.state() instanceof ApiToken.State.Live)
                            return apiTokens().supersede(held.supersededBy(aTokenId(), anOverlap(), NOW));
                        return !apiTokens().revoke(held.id(), NOW, "admin");
                    }));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).hasSize(4);
            assertThat(race.returned().stream().filter(each -> !each)).hasSize(1);
            assertThat(apiTokens().find(token.id()).orElseThrow().isRevoked()).isTrue();
        }
        assertThat(transactions().inTransaction(() -> apiTokens().hold(aTokenId())))
                .isEmpty();
    }

    @Test
    default void a_first_use_is_written_down_once() {
        for (int round = 0; round < 10; round++) {
            ApiToken token = aLiveToken();
            apiTokens().insert(token);
            List<Callable<Boolean>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Instant at = NOW.plusSeconds(i);
                users.add(() -> transactions().inTransaction(() -> apiTokens().firstUse(token.id(), at)));
            }

            Race<Boolean> race = Race.between(users);

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnlyOnce(true);
            assertThat(apiTokens().find(token.id()))
                    .contains(token.firstUsed(NOW.plusSeconds(race.returned().indexOf(true))));
        }
        assertThat(apiTokens().firstUse(aTokenId(), NOW)).isFalse();
    }

    @Test
    default void a_use_closes_what_came_before_it_in_its_family() {
        ApiToken first = aLiveToken();
        ApiToken second = aSuccessorOf(first);
        ApiToken third = aSuccessorOf(second);
        ApiToken fourth = aSuccessorOf(third);
        ApiToken opening = first.supersededBy(second.id(), anOverlap(), NOW);
        ApiToken staying = second.supersededBy(third.id(), Overlap.ofSeconds(600, false), NOW);
        ApiToken later = third.supersededBy(fourth.id(), anOverlap(), NOW);
        ApiToken ofAnother = aLiveToken().supersededBy(aTokenId(), anOverlap(), NOW);
        for (ApiToken each : List.of(opening, staying, later, fourth, ofAnother))
            apiTokens().insert(each);
        Instant use = NOW.plusSeconds(5);

        assertThat(apiTokens().closeBefore(first.id(), third.lineage().generation(), use))
                .isEqualTo(1);
        assertThat(apiTokens().closeBefore(first.id(), third.lineage().generation(), use.plusSeconds(1)))
                .isZero();

        assertThat(apiTokens().find(first.id())).contains(opening.closedByUse(use));
        for (ApiToken each : List.of(staying, later, fourth, ofAnother))
            assertThat(apiTokens().find(each.id())).contains(each);
    }

    @Test
    default void a_use_does_not_close_what_the_end_of_its_window_has_closed() {
        ApiToken first = aLiveToken();
        ApiToken second = aSuccessorOf(first);
        ApiToken closed = first.supersededBy(second.id(), Overlap.ofSeconds(60, true), NOW);
        for (ApiToken each : List.of(closed, second)) apiTokens().insert(each);

        assertThat(apiTokens().closeBefore(first.id(), second.lineage().generation(), NOW.plusSeconds(60)))
                .isZero();

        assertThat(apiTokens().find(first.id())).contains(closed);
    }

    @Test
    default void revoking_a_family_ends_all_of_it_and_no_other() {
        ApiToken first = aLiveToken();
        ApiToken second = aSuccessorOf(first);
        ApiToken third = aSuccessorOf(second);
        ApiToken ended = second.revoke(NOW, "alice");
        ApiToken other = aLiveToken();
        for (ApiToken each : List.of(first.supersededBy(second.id(), anOverlap(), NOW), ended, third, other))
            apiTokens().insert(each);

        assertThat(apiTokens().revokeFamily(first.id(), NOW, "bob", "reused"))
                .containsExactlyInAnyOrder(first.id(), third.id());
        assertThat(apiTokens().revokeFamily(first.id(), NOW, "bob", "reused")).isEmpty();

        assertThat(apiTokens().find(third.id())).contains(third.revoke(NOW, "bob", "reused"));
        assertThat(apiTokens().find(second.id())).contains(ended);
        assertThat(apiTokens().find(other.id())).contains(other);
    }

    @Test
    default void limited_uses_are_counted_exactly() {
        ApiToken token = TokenFixtures.aRestrictedToken(aRoleSubject());
        ApiToken unlimited = aLiveToken();
        ApiToken revoked = TokenFixtures.aRestrictedToken(aRoleSubject()).revoke(NOW, "admin");
        ApiToken closed = TokenFixtures.aRestrictedToken(aRoleSubject())
                .supersededBy(aTokenId(), new Overlap(Duration.ZERO, true), NOW);
        for (ApiToken each : List.of(token, unlimited, revoked, closed))
            apiTokens().insert(each);

        Race<Boolean> race =
                Race.of(6, () -> transactions().inTransaction(() -> apiTokens().countUse(token.id())));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().filter(each -> each)).hasSize(2);
        assertThat(apiTokens().find(token.id()).orElseThrow().uses().counted()).isEqualTo(2);
        assertThat(apiTokens().countUse(unlimited.id())).isFalse();
        assertThat(apiTokens().countUse(revoked.id())).isFalse();
        assertThat(apiTokens().countUse(closed.id())).isFalse();
        assertThat(apiTokens().countUse(aTokenId())).isFalse();
    }

    @Test
    default void of_a_subject_those_are_counted_that_count_and_have_no_successor() {
        TokenSubject.OfProjectRole ci = aRoleSubject();
        TokenSubject cd = new TokenSubject.OfProjectRole(ci.id(), ci.project(), new RoleName("cd"));
        for (ApiToken each : List.of(
                aTokenOf(ci),
                TokenFixtures.aRestrictedToken(ci),
                aTokenOf(ci, NOW.minusSeconds(100_000)),
                aTokenOf(ci).revoke(NOW, "admin"),
                aTokenOf(ci).supersededBy(aTokenId(), anOverlap(), NOW),
                aTokenOf(cd),
                aLiveToken())) apiTokens().insert(each);

        apiTokens()
                .insert(ApiToken.issue(
                        aTokenId(),
                        aTokenName(),
                        ci,
                        new Terms("", Lifetime.ENDLESS, Optional.empty(), Restrictions.NONE),
                        "admin",
                        NOW));

        assertThat(apiTokens().countLive(ci, KindPolicy.LENIENT, NOW, 100)).isEqualTo(3);
        for (int most = 1; most < 3; most++)
            assertThat(apiTokens().countLive(ci, KindPolicy.LENIENT, NOW, most)).isEqualTo(most);
        assertThat(apiTokens().countLive(aRoleSubject(), KindPolicy.LENIENT, NOW, 1))
                .isZero();
    }

    @Test
    default void of_a_subject_those_are_counted_that_have_a_successor_and_are_open() {
        TokenSubject.OfProjectRole ci = aRoleSubject();
        TokenSubject cd = new TokenSubject.OfProjectRole(ci.id(), ci.project(), new RoleName("cd"));
        for (ApiToken each : List.of(
                aTokenOf(ci),
                aTokenOf(ci).revoke(NOW, "admin"),
                aTokenOf(ci).supersededBy(aTokenId(), anOverlap(), NOW),
                aTokenOf(ci).supersededBy(aTokenId(), anOverlap(), NOW),
                aTokenOf(ci).supersededBy(aTokenId(), new Overlap(Duration.ofDays(366), false), NOW),
                aTokenOf(ci).supersededBy(aTokenId(), new Overlap(Duration.ZERO, false), NOW),
                aTokenOf(ci).supersededBy(aTokenId(), anOverlap(), NOW).closedByUse(NOW),
                aTokenOf(ci).supersededBy(aTokenId(), anOverlap(), NOW).revoke(NOW, "admin"),
                aTokenOf(ci)
                        .supersededBy(
                                aTokenId(), anOverlap(), NOW.minus(anOverlap().length())),
                aTokenOf(cd).supersededBy(aTokenId(), anOverlap(), NOW),
                aLiveToken().supersededBy(aTokenId(), anOverlap(), NOW)))
            apiTokens().insert(each);

        assertThat(apiTokens().countOpen(ci, KindPolicy.LENIENT, NOW, 100)).isEqualTo(3);
        for (int most = 1; most < 3; most++)
            assertThat(apiTokens().countOpen(ci, KindPolicy.LENIENT, NOW, most)).isEqualTo(most);
        assertThat(apiTokens().countOpen(ci, KindPolicy.LENIENT, NOW.plusSeconds(1_000_000), 100))
                .isZero();
        assertThat(apiTokens().countOpen(aRoleSubject(), KindPolicy.LENIENT, NOW, 1))
                .isZero();
    }

    @Test
    default void of_each_key_those_are_counted_that_count_or_will() {
        String kid = Samples.unique();
        String other = Samples.unique();
        for (ApiToken each : List.of(
                aLiveToken(),
                TokenFixtures.aRestrictedToken(aRoleSubject()),
                TokenFixtures.anEndlessToken(),
                aTokenOf(aRoleSubject(), NOW.minusSeconds(100_000)),
                aLiveToken().revoke(NOW, "admin"),
                aLiveToken().supersededBy(aTokenId(), anOverlap(), NOW),
                aLiveToken().supersededBy(aTokenId(), anOverlap(), NOW).closedByUse(NOW),
                aLiveToken().supersededBy(aTokenId(), anOverlap(), NOW.minusSeconds(600))))
            apiTokens().insert(each.signedBy(kid));
        apiTokens().insert(aLiveToken().signedBy(other));
        apiTokens().insert(aLiveToken());

        TokenPolicySnapshot none = TokenPolicySnapshot.LENIENT;
        assertThat(apiTokens().countLiveByKey(none, NOW)).containsEntry(kid, 4L).containsEntry(other, 1L);
        assertThat(apiTokens().countLiveByKey(none, NOW.plusSeconds(1_000_000))).containsEntry(kid, 1L);
    }

    @Test
    default void of_each_key_those_are_not_counted_that_their_policy_has_ended() {
        String kid = Samples.unique();
        TokenSubject.OfProjectRole strict = aRoleSubject();
        Duration age = Duration.ofMinutes(10);
        for (ApiToken each : List.of(
                aTokenOf(strict, NOW.minus(age)),
                aTokenOf(strict, NOW.minus(age)).supersededBy(aTokenId(), anOverlap(), NOW),
                aTokenOf(strict, NOW.minus(age).plusSeconds(1)),
                aTokenOf(aRoleSubject(), NOW.minus(age)))) apiTokens().insert(each.signedBy(kid));
        KindPolicy ceiling = new KindPolicy(
                Optional.empty(), Optional.of(age), false, Optional.empty(), Optional.empty(), Optional.empty());
        TokenPolicySnapshot ofOne =
                TokenPolicySnapshot.LENIENT.with(strict.id(), new TokenPolicy(KindPolicy.LENIENT, ceiling, 1));

        assertThat(apiTokens().countLiveByKey(TokenPolicySnapshot.LENIENT, NOW)).containsEntry(kid, 4L);
        assertThat(apiTokens().countLiveByKey(ofOne, NOW)).containsEntry(kid, 2L);
    }

    @Test
    default void what_one_key_signed_is_ended_bit_by_bit_and_nothing_else() {
        String kid = Samples.unique();
        List<ApiToken> signed = IntStream.range(0, 5)
                .mapToObj(each -> aLiveToken().signedBy(kid))
                .toList();
        ApiToken ended = aLiveToken().signedBy(kid).revoke(NOW.minusSeconds(1), "alice", "first");
        ApiToken spared = aLiveToken().signedBy(Samples.unique());
        ApiToken unknown = aLiveToken();
        signed.forEach(apiTokens()::insert);
        List.of(ended, spared, unknown).forEach(apiTokens()::insert);

        List<TokenId> first = apiTokens().revokeSignedBy(kid, "", 3, NOW, "admin", "lost");
        List<TokenId> rest = apiTokens().revokeSignedBy(kid, first.getLast().value(), 3, NOW, "admin", "lost");

        assertThat(first).hasSize(3);
        assertThat(rest).hasSize(2);
        assertThat(Stream.concat(first.stream(), rest.stream()))
                .containsExactlyInAnyOrderElementsOf(
                        signed.stream().map(ApiToken::id).toList());
        for (ApiToken each : signed)
            assertThat(apiTokens().find(each.id())).contains(each.revoke(NOW, "admin", "lost"));
        for (ApiToken each : List.of(ended, spared, unknown))
            assertThat(apiTokens().find(each.id())).contains(each);
        assertThat(apiTokens().revokeSignedBy(kid, "", 3, NOW, "admin", "lost")).isEmpty();
    }

    @Test
    default void a_reason_comes_back_as_it_went_in() {
        for (String reason : Samples.TEXTS) {
            ApiToken token = aLiveToken();
            apiTokens().insert(token);
            assertThat(apiTokens().revoke(token.id(), NOW, "admin", reason)).isTrue();
            assertThat(apiTokens().find(token.id())).contains(token.revoke(NOW, "admin", reason));
        }
    }

    @Test
    default void the_wanted_tokens_are_found_page_by_page_the_newest_first() {
        TokenSubject.OfProjectRole role = aRoleSubject();
        String unique = Samples.unique();
        List<ApiToken> all = new ArrayList<>();
        for (int i = 0; i < 3; i++)
            for (String each : List.of("a", "b", "c")) all.add(token(unique + each + i, role, NOW.minusSeconds(i)));
        List<ApiToken> mixed = new ArrayList<>(all);
        Collections.reverse(mixed);
        for (ApiToken each : mixed) apiTokens().insert(each);
        TokenFilter filter = TokenFilter.all(NOW).of(role.project());

        for (int limit = 1; limit <= all.size() + 1; limit++) {
            List<ApiToken> found = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                Page<ApiToken> page = apiTokens().find(filter, new PageRequest(limit, after));
                assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                found.addAll(page.items());
                after = page.next();
            } while (after.isPresent());
            assertThat(found).isEqualTo(all);
        }
        assertThat(apiTokens().count(filter)).isEqualTo(all.size());
    }

    @Test
    default void a_page_goes_on_where_the_last_one_ended_whatever_was_added_or_changed() {
        TokenSubject.OfProjectRole role = aRoleSubject();
        List<ApiToken> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) all.add(aTokenOf(role, NOW.minusSeconds(i)));
        for (ApiToken each : all) apiTokens().insert(each);
        TokenFilter filter = TokenFilter.all(NOW).of(role.project());
        Page<ApiToken> first = apiTokens().find(filter, new PageRequest(2, Optional.empty()));
        apiTokens().insert(aTokenOf(role, NOW.plusSeconds(1)));
        apiTokens().insert(aTokenOf(role, NOW.plusSeconds(2)));
        apiTokens().revoke(all.get(1).id(), NOW, "admin");

        Page<ApiToken> second = apiTokens().find(filter, new PageRequest(9, first.next()));

        assertThat(first.items()).isEqualTo(all.subList(0, 2));
        assertThat(second.items()).isEqualTo(all.subList(2, 5));
        assertThat(second.next()).isEmpty();
    }

    @Test
    default void each_filter_wants_what_it_says() {
        TokenSubject.OfProjectRole ci = aRoleSubject();
        TokenSubject.OfProjectRole cd = new TokenSubject.OfProjectRole(ci.id(), ci.project(), new RoleName("cd"));
        // An account may have the name of a project.
        TokenSubject.OfAccount account = new TokenSubject.OfAccount(
                AccountFixtures.anAccountId(),
                new dev.gatehouse.domain.account.Username(
                        "p" + Samples.unique().replaceAll("[^a-z0-9]", "").substring(0, 20)));
        String maker = "maker-" + Samples.unique();
        ApiToken active = aTokenOf(ci);
        ApiToken pending = TokenFixtures.aRestrictedToken(cd);
        ApiToken expired = aTokenOf(ci, NOW.minusSeconds(100_000));
        ApiToken revoked = aTokenOf(ci).revoke(NOW, "admin");
        ApiToken superseded = aTokenOf(cd).supersededBy(aTokenId(), anOverlap(), NOW);
        ApiToken used = aTokenOf(ci, NOW.minusSeconds(60)).firstUsed(NOW.minusSeconds(30));
        ApiToken endless =
                ApiToken.issue(aTokenId(), aTokenName(), account, "", Lifetime.ENDLESS, maker, NOW.minusSeconds(5));
        List<ApiToken> all = List.of(active, pending, expired, revoked, superseded, used, endless);
        for (ApiToken each : all) apiTokens().insert(each);
        List<TokenFilter> owners = List.of(
                TokenFilter.all(NOW).of(ci.project()), TokenFilter.all(NOW).of(account.name()));
        List<TokenFilter> filters = new ArrayList<>(owners);
        for (TokenFilter owner : owners) {
            for (TokenFilter.Kind each : TokenFilter.Kind.values()) filters.add(owner.of(each));
            for (ApiToken.Standing each : ApiToken.Standing.values()) filters.add(owner.of(each));
            for (Instant each : List.of(NOW.minusSeconds(60), NOW, NOW.plusSeconds(3_600), NOW.plusSeconds(3_601))) {
                filters.add(asked(owner, Optional.of(each), Optional.empty(), Optional.empty(), NOW));
                filters.add(asked(owner, Optional.empty(), Optional.of(each), Optional.empty(), NOW));
            }
            for (boolean each : List.of(true, false))
                filters.add(asked(owner, Optional.empty(), Optional.empty(), Optional.of(each), NOW));
        }
        filters.add(new TokenFilter(
                Optional.empty(),
                Optional.of(ci.project()),
                Optional.of(new RoleName("cd")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW));
        filters.add(createdBy(maker));

        for (TokenFilter filter : filters) assertWanted(filter, all);
    }

    private void assertWanted(TokenFilter filter, List<ApiToken> all) {
        List<ApiToken> wanted = all.stream().filter(filter::wants).toList();
        assertThat(apiTokens()
                        .find(filter, new PageRequest(PageRequest.MOST, Optional.empty()))
                        .items())
                .as(filter.toString())
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(apiTokens().count(filter)).as(filter.toString()).isEqualTo(wanted.size());
    }

    private static TokenFilter asked(
            TokenFilter filter,
            Optional<Instant> expiresBefore,
            Optional<Instant> unusedSince,
            Optional<Boolean> neverUsed,
            Instant now) {
        return new TokenFilter(
                filter.owner(),
                filter.standing(),
                filter.createdBy(),
                expiresBefore,
                unusedSince,
                neverUsed,
                filter.endsSoon(),
                filter.endedByPolicy(),
                filter.policies(),
                now);
    }

    private static TokenFilter createdBy(String maker) {
        return new TokenFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(maker),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW);
    }

    @Test
    default void what_a_policy_has_ended_and_what_it_is_about_to_end_is_found_as_the_token_itself_tells() {
        TokenSubject.OfProjectRole ci = aRoleSubject();
        TokenSubject.OfProjectRole strict = aRoleSubject();
        TokenSubject.OfProjectRole alike = aRoleSubject();
        TokenSubject.OfAccount account = anAccountSubject();
        List<ApiToken> all = new ArrayList<>();
        for (TokenSubject each : List.of(ci, strict, alike, account))
            for (int hours : new int[] {0, 1, 2, 3, 5}) {
                Instant issued = NOW.minusSeconds(hours * 3_600L);
                Terms endless = new Terms("", Lifetime.ENDLESS, Optional.empty(), Restrictions.NONE);
                Terms later = new Terms(
                        "", Lifetime.ofSeconds(4 * 3_600), Optional.of(NOW.minusSeconds(1_800)), Restrictions.NONE);
                Terms pending = new Terms(
                        "", Lifetime.ofSeconds(7 * 3_600), Optional.of(NOW.plusSeconds(600)), Restrictions.NONE);
                ApiToken bare = ApiToken.issue(aTokenId(), aTokenName(), each, endless, "admin", issued);
                all.add(bare);
                all.add(aTokenOf(each, issued));
                all.add(ApiToken.issue(aTokenId(), aTokenName(), each, pending, "admin", issued));
                all.add(ApiToken.issue(aTokenId(), aTokenName(), each, endless, "admin", issued)
                        .firstUsed(NOW.minusSeconds(3_630)));
                all.add(ApiToken.issue(aTokenId(), aTokenName(), each, endless, "admin", issued)
                        .used(new LastUse(NOW.minusSeconds(3_629), "192.0.2.1", "")));
                all.add(ApiToken.issue(aTokenId(), aTokenName(), each, endless, "admin", issued)
                        .revoke(NOW, "admin"));
                if (hours < 4) {
                    all.add(ApiToken.issue(aTokenId(), aTokenName(), each, later, "admin", issued));
                    all.add(ApiToken.issue(aTokenId(), aTokenName(), each, later, "admin", issued)
                            .supersededBy(aTokenId(), anOverlap(), NOW));
                }
                all.add(ApiToken.issue(aTokenId(), aTokenName(), each, endless, "admin", issued)
                        .supersededBy(aTokenId(), anOverlap(), NOW)
                        .closedByUse(NOW));
            }
        for (ApiToken each : all) apiTokens().insert(each);
        KindPolicy ceiling = policy(Optional.of(Duration.ofHours(2)), true, Optional.empty(), Optional.empty());
        KindPolicy hard =
                policy(Optional.of(Duration.ofHours(3)), false, Optional.empty(), Optional.of(Duration.ofMinutes(61)));
        KindPolicy idle =
                policy(Optional.empty(), true, Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofHours(2)));
        KindPolicy warning = policy(Optional.empty(), true, Optional.empty(), Optional.of(Duration.ofHours(4)));
        List<TokenPolicySnapshot> policies = List.of(
                TokenPolicySnapshot.LENIENT,
                snapshot(ceiling, hard),
                snapshot(idle, idle),
                snapshot(warning, warning),
                snapshot(hard, ceiling).with(strict.id(), new TokenPolicy(KindPolicy.LENIENT, hard, 1)),
                snapshot(ceiling, KindPolicy.LENIENT)
                        .with(strict.id(), new TokenPolicy(KindPolicy.LENIENT, idle, 1))
                        .with(alike.id(), new TokenPolicy(KindPolicy.LENIENT, idle, 4))
                        .with(ProjectFixtures.aProjectId(), new TokenPolicy(KindPolicy.LENIENT, hard, 1)),
                snapshot(idle, warning).with(strict.id(), new TokenPolicy(KindPolicy.LENIENT, ceiling, 1)));

        for (TokenPolicySnapshot each : policies)
            for (TokenFilter any : List.of(
                    TokenFilter.all(NOW).of(ci.project()),
                    TokenFilter.all(NOW).of(strict.project()),
                    TokenFilter.all(NOW).of(alike.project()),
                    TokenFilter.all(NOW).of(account.name()))) {
                TokenFilter under = any.under(each);
                for (ApiToken.Standing standing : ApiToken.Standing.values()) assertWanted(under.of(standing), all);
                for (boolean soon : List.of(true, false)) assertWanted(under.endingSoon(soon), all);
                assertWanted(under.onlyEndedByPolicy(), all);
            }
        for (KindPolicy each : List.of(ceiling, hard, idle)) {
            assertThat(apiTokens().countLive(ci, each, NOW, 1_000)).isEqualTo((int) all.stream()
                    .filter(token -> token.subject().equals(ci)
                            && token.state() instanceof ApiToken.State.Live
                            && token.standingAt(NOW, each) != ApiToken.Standing.EXPIRED)
                    .count());
            assertThat(apiTokens().countOpen(ci, each, NOW, 1_000)).isEqualTo((int) all.stream()
                    .filter(token -> token.subject().equals(ci)
                            && token.state() instanceof ApiToken.State.Superseded
                            && token.countsAt(NOW)
                            && !each.endedBy(NOW, token))
                    .count());
        }
    }

    private static KindPolicy policy(
            Optional<Duration> longest, boolean endless, Optional<Duration> unusedFor, Optional<Duration> warnBefore) {
        return new KindPolicy(Optional.empty(), longest, endless, unusedFor, Optional.empty(), warnBefore);
    }

    private static TokenPolicySnapshot snapshot(KindPolicy account, KindPolicy project) {
        return new TokenPolicySnapshot(new TokenPolicy(account, project, 1), Map.of());
    }

    @Test
    default void the_pages_of_what_a_policy_ended_are_stable() {
        TokenSubject.OfProjectRole role = aRoleSubject();
        List<ApiToken> all = IntStream.range(0, 7)
                .mapToObj(each -> aTokenOf(role, NOW.minusSeconds(600L * each)))
                .toList();
        all.forEach(apiTokens()::insert);
        KindPolicy ceiling = policy(Optional.of(Duration.ofMinutes(25)), true, Optional.empty(), Optional.empty());
        TokenFilter expired = TokenFilter.all(NOW)
                .of(role.project())
                .of(ApiToken.Standing.EXPIRED)
                .under(snapshot(ceiling, ceiling));

        Page<ApiToken> first = apiTokens().find(expired, new PageRequest(2, Optional.empty()));
        apiTokens().insert(aTokenOf(role, NOW.minusSeconds(1_600)));
        Page<ApiToken> second = apiTokens().find(expired, new PageRequest(2, first.next()));

        assertThat(first.items()).isEqualTo(all.subList(3, 5));
        assertThat(second.items()).isEqualTo(all.subList(5, 7));
        assertThat(second.next()).isEmpty();
    }

    @Test
    default void the_wanted_are_ended_bit_by_bit_and_nothing_else() {
        TokenSubject.OfProjectRole role = aRoleSubject();
        List<ApiToken> old = IntStream.range(0, 5)
                .mapToObj(each -> aTokenOf(role, NOW.minusSeconds(1_800 + each)))
                .toList();
        ApiToken ended = aTokenOf(role, NOW.minusSeconds(1_800)).revoke(NOW.minusSeconds(1), "alice", "first");
        ApiToken young = aTokenOf(role);
        ApiToken other = aTokenOf(aRoleSubject(), NOW.minusSeconds(1_800));
        Stream.concat(old.stream(), Stream.of(ended, young, other)).forEach(apiTokens()::insert);
        KindPolicy ceiling = policy(Optional.of(Duration.ofMinutes(30)), true, Optional.empty(), Optional.empty());
        TokenFilter filter =
                TokenFilter.all(NOW).of(role.project()).onlyEndedByPolicy().under(snapshot(ceiling, ceiling));

        List<TokenId> first = revoke(filter, "");
        List<TokenId> rest = revoke(filter, first.getLast().value());

        assertThat(first).hasSize(3);
        assertThat(Stream.concat(first.stream(), rest.stream()))
                .containsExactlyElementsOf(old.stream()
                        .map(ApiToken::id)
                        .sorted(Comparator.comparing(TokenId::value))
                        .toList());
        for (ApiToken each : old) assertThat(apiTokens().find(each.id())).contains(each.revoke(NOW, "admin", "policy"));
        for (ApiToken each : List.of(ended, young, other))
            assertThat(apiTokens().find(each.id())).contains(each);
        assertThat(revoke(filter, "")).isEmpty();
    }

    @Test
    default void of_each_end_one_warning_is_written_down() {
        TokenSubject.OfProjectRole role = aRoleSubject();
        ApiToken older = aTokenOf(role, NOW.minusSeconds(60));
        ApiToken newer = aTokenOf(role);
        List.of(older, newer).forEach(apiTokens()::insert);
        TokenFilter filter = TokenFilter.all(NOW).of(role.project());
        TokenEnd end = new TokenEnd(NOW.plusSeconds(3_600), TokenEnd.Reason.EXPIRY);
        assertThat(apiTokens().unwarned(filter, 2)).containsExactly(newer, older);
        assertThat(apiTokens().unwarned(filter, 1)).containsExactly(newer);

        Race<Boolean> race =
                Race.of(4, () -> transactions().inTransaction(() -> apiTokens().warned(newer.id(), end, NOW)));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnlyOnce(true);
        assertThat(apiTokens().unwarned(filter, 2)).containsExactly(older);
        assertThat(apiTokens().find(newer.id())).contains(newer);
        // The end has come, and it counts: it was another end.
        TokenFilter later = TokenFilter.all(end.at()).of(role.project());
        assertThat(apiTokens().unwarned(later, 2)).containsExactly(newer, older);
        assertThat(apiTokens().warned(newer.id(), end, end.at())).isTrue();
        assertThat(apiTokens().warned(aTokenId(), end, NOW)).isFalse();
    }

    private List<TokenId> revoke(TokenFilter filter, String after) {
        return transactions().inTransaction(() -> apiTokens().revoke(filter, after, 3, NOW, "admin", "policy"));
    }

    @Test
    default void a_place_that_this_list_never_gave_out_is_refused() {
        for (String place :
                List.of("", "x", ".", "1", "1.", "-", "1.a b", "99999999999999999999.x", "999999999999999.x"))
            assertThatExceptionOfType(Refusal.Invalid.class)
                    .as(place)
                    .isThrownBy(() -> apiTokens().find(TokenFilter.all(NOW), new PageRequest(1, Optional.of(place))))
                    .satisfies(invalid ->
                            assertThat(invalid.faults().getFirst().rule()).isEqualTo(PageRequest.Broken.CONTINUE));
    }

    @Test
    default void any_moment_may_be_asked_for() {
        for (Instant each : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH)) {
            TokenFilter nobody = createdBy("nobody-" + Samples.unique());
            TokenFilter filter = asked(nobody, Optional.of(each), Optional.of(each), Optional.empty(), each);
            assertThat(apiTokens().count(filter)).isZero();
            KindPolicy strict = policy(
                    Optional.of(Duration.ofDays(36_500)),
                    false,
                    Optional.of(Duration.ofDays(36_500)),
                    Optional.of(Duration.ofDays(36_500)));
            assertThat(apiTokens().count(filter.under(snapshot(strict, strict)).endingSoon(true)))
                    .isZero();
        }
    }

    @Test
    default void a_last_use_is_written_down_and_changes_nothing_else() {
        ApiToken token = aLiveToken();
        ApiToken other = aLiveToken();
        apiTokens().insert(token);
        apiTokens().insert(other);

        for (String text : Samples.TEXTS) {
            LastUse use = new LastUse(NOW.plusSeconds(Samples.TEXTS.indexOf(text)), "2001:db8::" + text, text);
            assertThat(apiTokens().used(Map.of(token.id(), use))).isEmpty();
            assertThat(apiTokens().find(token.id())).contains(token.used(use));
        }
        assertThat(apiTokens().find(other.id())).contains(other);
    }

    @Test
    default void a_last_use_never_goes_back() {
        ApiToken token = aLiveToken();
        apiTokens().insert(token);
        LastUse late = new LastUse(NOW.plusSeconds(9), "192.0.2.9", "late");
        apiTokens().used(Map.of(token.id(), late));

        apiTokens().used(Map.of(token.id(), new LastUse(NOW, "192.0.2.1", "early")));
        apiTokens().used(Map.of(token.id(), new LastUse(late.at(), "192.0.2.1", "of the same instant")));

        assertThat(apiTokens().find(token.id())).contains(token.used(late));
    }

    @Test
    default void a_single_last_use_is_written_down_at_once_and_never_of_what_was_revoked() {
        ApiToken token = aLiveToken();
        apiTokens().insert(token);
        LastUse late = new LastUse(NOW.plusSeconds(9), "192.0.2.9", "late");

        assertThat(apiTokens().used(token.id(), late)).isTrue();
        assertThat(apiTokens().used(token.id(), new LastUse(NOW, "192.0.2.1", "early")))
                .isTrue();
        assertThat(apiTokens().find(token.id())).contains(token.used(late));

        apiTokens().revoke(token.id(), NOW, "bob");
        ApiToken revoked = apiTokens().find(token.id()).orElseThrow();
        assertThat(apiTokens().used(token.id(), new LastUse(NOW.plusSeconds(10), "192.0.2.1", "later")))
                .isFalse();
        assertThat(apiTokens().firstUse(token.id(), NOW)).isFalse();
        assertThat(apiTokens().find(token.id())).contains(revoked);
        assertThat(apiTokens().used(aTokenId(), late)).isFalse();
    }

    @Test
    default void nothing_is_both_used_and_ended_as_unused() {
        for (int round = 0; round < 20; round++) {
            ApiToken token = aLiveToken();
            apiTokens().insert(token);
            Callable<Boolean> use = round % 2 == 0
                    ? () -> apiTokens().used(token.id(), new LastUse(NOW, "192.0.2.1", ""))
                    : () -> apiTokens().firstUse(token.id(), NOW);
            Callable<Boolean> end = () -> transactions()
                    .inTransaction(() -> apiTokens()
                            .hold(token.id())
                            .filter(each -> each.uses().equals(Uses.NONE))
                            .filter(each -> apiTokens().revoke(each.id(), NOW, "bob"))
                            .isPresent());

            Race<Boolean> race = Race.between(List.of(use, end));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    default void many_last_uses_go_in_at_once_and_unknown_ids_are_told() {
        Map<TokenId, LastUse> uses = new HashMap<>();
        List<ApiToken> all = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            ApiToken token = aLiveToken();
            apiTokens().insert(token);
            LastUse use = new LastUse(NOW.plusSeconds(i), "192.0.2.1", "agent " + i);
            uses.put(token.id(), use);
            all.add(token.used(use));
        }
        TokenId unknown = aTokenId();
        uses.put(unknown, new LastUse(NOW, "192.0.2.1", ""));

        assertThat(apiTokens().used(uses)).containsExactly(unknown);

        for (ApiToken each : all) assertThat(apiTokens().find(each.id())).contains(each);
    }

    @Test
    default void of_last_uses_that_several_write_at_once_the_latest_stays() {
        List<TokenId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ApiToken token = aLiveToken();
            apiTokens().insert(token);
            ids.add(token.id());
        }
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int writer = 0; writer < 6; writer++) {
            LastUse use = new LastUse(NOW.plusSeconds(writer), "192.0.2." + writer, "");
            writers.add(() -> {
                Map<TokenId, LastUse> left = new HashMap<>();
                for (TokenId each : ids) left.put(each, use);
                while (!left.isEmpty()) left.keySet().retainAll(apiTokens().used(left));
                return true;
            });
        }

        Race<Boolean> race = Race.between(writers);

        assertThat(race.thrown()).isEmpty();
        for (TokenId each : ids)
            assertThat(apiTokens().find(each).orElseThrow().lastUse())
                    .contains(new LastUse(NOW.plusSeconds(5), "192.0.2.5", ""));
    }

    private static ApiToken withId(String id) {
        return token(id, aRoleSubject(), NOW);
    }

    private static ApiToken token(String id, TokenSubject subject, Instant issuedAt) {
        return ApiToken.issue(new TokenId(id), aTokenName(), subject, "", Lifetime.ofSeconds(3_600), "admin", issuedAt);
    }

    private static ApiToken named(TokenSubject subject, TokenName name) {
        return ApiToken.issue(aTokenId(), name, subject, "", Lifetime.ofSeconds(3_600), "admin", NOW);
    }
}
