package dev.gatehouse.domain.access;

/**
 * One number for a pattern and what the same number is for a text, so that most patterns that do not stand for a text are
 * told by one look at a number. Two bits for the kind, ten for how many characters are compared, twenty of their hash.
 */
final class Marks {
    private static final int KIND = 3;
    private static final int WHOLE = 0;
    private static final int START = 1;
    private static final int END = 2;
    /** It may stand for any text. */
    private static final int ANY = KIND;
    /** It stands for no text. */
    private static final int NEVER = KIND | (1 << 2);
    /** Nothing is known: it has to be tried. */
    private static final int UNKNOWN = KIND | (2 << 2);

    private static final int LENGTHS = 1_023;
    private static final int HASH = ~0xFFF;
    /** To try a pattern takes as long as so many looks at marks. */
    private static final int TRIED = 16;

    private final String text;
    private final int whole;
    /** By length, made when they are needed. */
    private int[] starts = {};

    private int[] ends = {};
    /** One bit for each mark that may stand for the text, by a part of its hash: other marks share them. */
    private long[] sieve = {};

    /** Of a text. */
    Marks(String text) {
        this.text = text;
        this.whole = text.length() > LENGTHS ? NEVER : mark(WHOLE, text.length(), text.hashCode());
    }

    private static int mark(int kind, int length, int hash) {
        return ((hash * 0x9E3779B9) & HASH) | (length << 2) | kind;
    }

    /** Of a pattern. */
    static int of(Pattern pattern) {
        Pattern.Shape shape = pattern.shape();
        String key = shape.key();
        return switch (shape.kind()) {
            case EXACT -> key.length() > LENGTHS ? UNKNOWN : mark(WHOLE, key.length(), key.hashCode());
            case PREFIX, STARTS -> key.length() > LENGTHS ? UNKNOWN : mark(START, key.length(), key.hashCode());
            case ENDS -> key.length() > LENGTHS ? UNKNOWN : mark(END, key.length(), key.hashCode());
            case ANYTHING -> ANY;
            case NOTHING -> NEVER;
            case HOLDS, OTHER -> UNKNOWN;
        };
    }

    /** How long a look at a line takes of which this marks the object. */
    static int weight(int mark) {
        return mark == UNKNOWN ? TRIED : 1;
    }

    /** Whether a pattern of this mark can stand for the text. */
    boolean may(int mark) {
        return switch (mark & KIND) {
            case WHOLE -> mark == whole;
            case START -> starts(mark);
            case END -> ends(mark);
            default -> mark != NEVER;
        };
    }

    /** To be called before {@link #might}. */
    void sieve() {
        if (sieve.length > 0) return;
        sieve = new long[64];
        makeStarts();
        makeEnds();
        let(ANY);
        let(UNKNOWN);
        let(whole);
        for (int each : starts) let(each);
        for (int each : ends) let(each);
    }

    private void let(int mark) {
        sieve[mark >>> 26] |= 1L << (mark >>> 20);
    }

    /** False only if {@link #may} is, and faster, without a branch. */
    boolean might(int mark) {
        return ((sieve[mark >>> 26] >>> (mark >>> 20)) & 1) != 0;
    }

    private boolean starts(int mark) {
        makeStarts();
        int length = (mark >>> 2) & LENGTHS;
        return length < starts.length && starts[length] == mark;
    }

    private void makeStarts() {
        if (starts.length == 0) {
            starts = new int[Math.min(text.length(), LENGTHS) + 1];
            int hash = 0;
            starts[0] = mark(START, 0, hash);
            for (int i = 1; i < starts.length; i++) {
                hash = 31 * hash + text.charAt(i - 1);
                starts[i] = mark(START, i, hash);
            }
        }
    }

    private boolean ends(int mark) {
        makeEnds();
        int length = (mark >>> 2) & LENGTHS;
        return length < ends.length && ends[length] == mark;
    }

    private void makeEnds() {
        if (ends.length == 0) {
            ends = new int[Math.min(text.length(), LENGTHS) + 1];
            int hash = 0;
            int power = 1;
            ends[0] = mark(END, 0, hash);
            for (int i = 1; i < ends.length; i++) {
                hash += power * text.charAt(text.length() - i);
                power *= 31;
                ends[i] = mark(END, i, hash);
            }
        }
    }
}
