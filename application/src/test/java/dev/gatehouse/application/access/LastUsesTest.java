package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.World;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastUsesTest {
    private final World world = new World();

    private Optional<LastUse> ofSession(PlainToken token) {
        String id = world.caller(token).credential().orElseThrow();
        return world.sessions.find(new SessionId(id)).orElseThrow().lastUse();
    }

    private Optional<LastUse> ofToken(String id) {
        return world.tokens.find(new TokenId(id)).orElseThrow().lastUse();
    }

    private static Origin from(String address) {
        return new Origin(address, "curl/8.5", "request-1");
    }

    private PlainToken projectToken() {
        world.project("demo");
        return world.managingProjectTokens
                .issue(world.admin(), "demo", "ci", new NewToken(Optional.of("t"), "", 0))
                .secret();
    }

    @Test
    void a_use_is_written_down_with_its_time_its_address_and_its_agent() {
        PlainToken token = projectToken();
        world.authenticating.authenticate(token, from("192.0.2.44"));
        assertThat(ofToken("t")).as("not by the request itself").isEmpty();

        world.lastUses.write();

        assertThat(ofToken("t")).contains(new LastUse(world.clock.instant(), "192.0.2.44", "curl/8.5"));
    }

    @Test
    void a_use_that_memory_alone_answered_counts_as_well() {
        PlainToken token = projectToken();
        world.authenticating.authenticate(token, from("192.0.2.44"));
        world.lastUses.write();
        world.clock.advance(Duration.ofSeconds(1));

        assertThat(world.authenticating.recall(token, from("192.0.2.45"))).isPresent();
        world.lastUses.write();

        assertThat(ofToken("t")).contains(new LastUse(world.clock.instant(), "192.0.2.45", "curl/8.5"));
    }

    @Test
    void sessions_have_a_last_use_as_tokens_have() {
        PlainToken token = world.sessionToken("admin");
        world.authenticating.authenticate(token, from("192.0.2.44"));
        world.lastUses.write();

        assertThat(ofSession(token)).contains(new LastUse(world.clock.instant(), "192.0.2.44", "curl/8.5"));
    }

    @Test
    void what_does_not_count_is_no_use() {
        PlainToken token = projectToken();
        world.managingProjectTokens.revoke(world.admin(), "demo", "ci", Optional.of("t"), 0);

        world.rejection(token);
        world.lastUses.write();

        assertThat(ofToken("t")).isEmpty();
    }

    @Test
    void another_process_that_writes_an_earlier_use_later_changes_nothing() {
        PlainToken token = projectToken();
        LastUses elsewhere = new LastUses(world.sessions, world.tokens, world.clock);
        elsewhere.note(world.caller(token).from(from("198.51.100.1")), world.clock.instant());
        world.clock.advance(Duration.ofSeconds(5));
        world.authenticating.authenticate(token, from("192.0.2.44"));
        world.lastUses.write();

        elsewhere.write();

        assertThat(ofToken("t").orElseThrow().address()).isEqualTo("192.0.2.44");
    }

    @Test
    void what_could_not_be_written_is_written_the_next_time() {
        PlainToken token = projectToken();
        world.authenticating.authenticate(token, from("192.0.2.44"));
        world.store.cutOff();
        assertThatThrownBy(world.lastUses::write).isInstanceOf(Refusal.Unavailable.class);
        world.store.reconnect();

        world.lastUses.write();

        assertThat(ofToken("t")).isPresent();
    }

    @Test
    void many_are_written_before_there_is_no_room_for_more_and_of_too_many_those_that_came_first() {
        LastUses four = new LastUses(world.sessions, world.tokens, world.clock, 4);
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) callers.add(world.admin());
        List<SessionId> ids = callers.stream()
                .map(each -> new SessionId(each.credential().orElseThrow()))
                .toList();

        four.note(callers.getFirst(), world.clock.instant());
        four.writeIfMany();
        assertThat(four.unwritten(ids.getFirst())).as("one is not many").isPresent();
        four.note(callers.get(1), world.clock.instant());
        four.writeIfMany();

        for (int i = 0; i < 2; i++) assertThat(four.unwritten(ids.get(i))).isEmpty();
        callers.forEach(each -> four.note(each, world.clock.instant()));
        assertThat(ids.stream().filter(each -> four.unwritten(each).isPresent()))
                .containsExactlyElementsOf(ids.subList(0, 4));
    }

    @Test
    void until_it_is_written_this_process_knows_of_it() {
        PlainToken token = world.sessionToken("admin");
        SessionId id = new SessionId(world.caller(token).credential().orElseThrow());
        assertThat(world.lastUses.unwritten(id)).contains(world.clock.instant());

        world.lastUses.write();

        assertThat(world.lastUses.unwritten(id)).isEmpty();
    }

    @Test
    void a_credential_without_a_record_is_given_up() {
        LastUses uses = new LastUses(world.sessions, world.tokens, world.clock);
        PlainToken token = world.sessionToken("admin");
        var caller = world.caller(token);
        var gone = new Caller(
                caller.subject(),
                caller.groups(),
                caller.method(),
                Optional.of("gone"),
                caller.issuedAt(),
                caller.issuer(),
                caller.origin());
        uses.note(gone, world.clock.instant());
        uses.write();
        assertThat(uses.unwritten(new SessionId("gone"))).as("tried again").isPresent();

        world.clock.advance(Duration.ofMinutes(11));
        uses.write();

        assertThat(uses.unwritten(new SessionId("gone"))).isEmpty();
    }
}
