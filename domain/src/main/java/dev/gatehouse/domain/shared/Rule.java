package dev.gatehouse.domain.shared;

/**
 * A named rule that input can break. Each feature lists its own in an enum; the adapters hold the sentences, so that no
 * sentence lives in the domain.
 */
public interface Rule {
    /** The name of the rule, as an enum constant has it. */
    String name();

    /** What a text that people write for people can break, whatever feature it belongs to. */
    enum OfText implements Rule {
        /** A control character that is neither a line feed nor a tab. Argument: the first one, as {@code U+001B}. */
        CONTROL_CHARACTER;

        private static final String TAKEN = "\n\t";

        /**
         * Refuses what a terminal takes for a command and nobody can see. Asked of what is sent, not of what was stored: a
         * text of an earlier version stays readable.
         *
         * @param field where the text is, as a path of JSON members
         * @throws Refusal.Invalid when it holds a control character (C0, DEL or C1) other than line feed and tab
         */
        public static void check(String field, String text) {
            text.codePoints()
                    .filter(each -> Character.isISOControl(each) && TAKEN.indexOf(each) < 0)
                    .findFirst()
                    .ifPresent(each -> {
                        throw new Refusal.Invalid(field, CONTROL_CHARACTER, "U+%04X".formatted(each));
                    });
        }
    }
}
