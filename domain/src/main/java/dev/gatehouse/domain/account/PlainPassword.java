package dev.gatehouse.domain.account;

import java.text.Normalizer;

/**
 * A password as a person typed it. Never stored, never logged, never compared. Two keyboards may send the same character
 * in two ways (an é as one code point or as two): it is kept in the one form that Unicode calls NFC, as RFC 8265 asks, and
 * otherwise to the letter.
 */
public final class PlainPassword {
    private final String secret;

    public PlainPassword(String typed) {
        this.secret = Normalizer.normalize(typed, Normalizer.Form.NFC);
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
