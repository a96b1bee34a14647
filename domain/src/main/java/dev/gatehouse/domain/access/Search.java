package dev.gatehouse.domain.access;

import java.util.Optional;

/** Looks for the first line that allows and the first that denies. Of one thread and one question. */
final class Search {
    final AccessQuestion question;
    private Optional<Line> allow = Optional.empty();
    private Optional<Line> deny = Optional.empty();

    Search(AccessQuestion question) {
        this.question = question;
    }

    void clear() {
        allow = Optional.empty();
        deny = Optional.empty();
    }

    String text(int level) {
        return switch (level) {
            case 0 -> question.resource();
            case 1 -> question.action();
            default -> question.object();
        };
    }

    void found(Line line) {
        if (line.rule().allows()) {
            if (allow.isEmpty() || line.order() < allow.get().order()) allow = Optional.of(line);
        } else if (deny.isEmpty() || line.order() < deny.get().order()) deny = Optional.of(line);
    }

    Optional<PolicyRule> allow() {
        return allow.map(Line::rule);
    }

    Optional<PolicyRule> deny() {
        return deny.map(Line::rule);
    }
}
