package dev.gatehouse.adapters.security.token;

/** Signs with one private key. Used by many threads at once. */
@FunctionalInterface
interface SignatureMaker {
    byte[] sign(byte[] bytes);
}
