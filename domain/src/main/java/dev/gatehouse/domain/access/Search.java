package dev.gatehouse.domain.access;

import java.util.Optional;

/**
 * Looks for the first line that allows and the first that denies, among those of some subjects. Of one thread and one
 * question.
 */
final class Search {
    final AccessQuestion question;
    final Marks object;
    private final Marks action;
    private final Marks resource;
    private Lines lines = Lines.NONE;
    private Numbers subjects = new Numbers(0);
    private Optional<Line> allow = Optional.empty();
    private Optional<Line> deny = Optional.empty();

    Search(AccessQuestion question) {
        this.question = question;
        this.resource = new Marks(question.resource());
        this.action = new Marks(question.action());
        this.object = new Marks(question.object());
    }

    /** Whose lines are marked from here on. */
    void in(Lines some) {
        this.lines = some;
    }

    /** Whether a line of these marks may apply. */
    boolean may(int ofObject, int ofAction, int ofResource) {
        return object.may(ofObject) && action.may(ofAction) && resource.may(ofResource);
    }

    /** A line that may apply, by the rank of its subject and its place among the lines of that. */
    void marked(int rank, int which) {
        Line line = lines.of(rank, which);
        if (line.rule().appliesTo(question)) found(line);
    }

    /** Whose lines count from here on; numbers as the lines that are looked at have them. */
    void among(Numbers some) {
        this.subjects = some;
    }

    Numbers subjects() {
        return subjects;
    }

    String text(int level) {
        return switch (level) {
            case 0 -> question.resource();
            case 1 -> question.action();
            default -> question.object();
        };
    }

    /** A line of one of the subjects that applies. */
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
