package dev.gatehouse.bootstrap.architecture.broken.r9.application.account;

/** Speaks to the world outside, and waits for it. */
final class Outside {
    void print(String text) {
        System.out.println(text);
    }

    void complain(String text) {
        System.err.println(text);
    }

    String home() {
        return System.getenv("HOME");
    }

    void rest() throws InterruptedException {
        Thread.sleep(1);
    }
}
