package dev.gatehouse.domain.shared;

import java.util.List;

/**
 * One thing wrong with what was sent.
 *
 * @param field where it is, as a path of JSON members ({@code spec.roles[0].name}); empty when it is the whole
 * @param rule the rule that was broken
 * @param arguments what the sentence needs to know, in the order the rule states; never a secret
 */
public record Fault(String field, Rule rule, List<String> arguments) {
    public Fault {
        arguments = List.copyOf(arguments);
    }

    public Fault(String field, Rule rule, String... arguments) {
        this(field, rule, List.of(arguments));
    }
}
