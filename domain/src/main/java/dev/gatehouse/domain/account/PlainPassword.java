package dev.gatehouse.domain.account;

import java.text.Normalizer;

/**
 * A password as a person typed it. Never stored, never logged, never compared. Two keyboards may send the same character
 * in two ways (an é as one code point or as two): it is kept in the one form that Unicode calls NFC, as RFC 8265 asks, and
 * otherwise to the letter.
 *
 * <p>One with more than thirty combining marks in a row is kept to the letter altogether. No language writes so many on
 * one character (Unicode Standard Annex 15, Stream-Safe Text Format), and to put them in order takes the square of their
 * number: minutes, for what a stranger may send at a sign-in.
 */
public final class PlainPassword {
    private static final int MOST_MARKS = 30;

    private final String secret;

    public PlainPassword(String typed) {
        this.secret = hasTooManyMarks(typed) ? typed : Normalizer.normalize(typed, Normalizer.Form.NFC);
    }

    private static boolean hasTooManyMarks(String typed) {
        int row = 0;
        for (int i = 0; i < typed.length(); i += Character.charCount(typed.codePointAt(i))) {
            row = isMark(typed.codePointAt(i)) ? row + 1 : 0;
            if (row > MOST_MARKS) return true;
        }
        return false;
    }

    /** All that the normal form puts in another order are among these. */
    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** The only way out: for the hasher, and for the one reply or file that shows a generated password. */
    public String reveal() {
        return secret;
    }

    @Override
    public String toString() {
        return "PlainPassword[…]";
    }
}
