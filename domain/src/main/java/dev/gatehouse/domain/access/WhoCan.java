package dev.gatehouse.domain.access;

import java.util.List;
import java.util.Optional;

/**
 * Who may do something: every name in the policy that may, by name, in the order of their characters. Roles stand in the
 * ways, not in the list.
 *
 * @param everybody the default role, when it allows this to everybody
 * @param except whom a rule of their own forbids it nevertheless; empty when not everybody may
 */
public record WhoCan(List<Holder> holders, Optional<String> everybody, List<String> except) {
    public WhoCan {
        holders = List.copyOf(holders);
        except = List.copyOf(except);
    }

    /** @param via the names between the subject and the rule, in order; empty when the rule is the subject's own */
    public record Holder(String subject, List<String> via) {
        public Holder {
            via = List.copyOf(via);
        }
    }
}
