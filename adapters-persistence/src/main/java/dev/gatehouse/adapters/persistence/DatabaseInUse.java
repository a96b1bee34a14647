package dev.gatehouse.adapters.persistence;

/** Another process holds the embedded database. Its message is a sentence for people. */
public final class DatabaseInUse extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String folder;

    DatabaseInUse(String folder, Throwable cause) {
        super("another Gatehouse is already using " + folder, cause);
        this.folder = folder;
    }

    /** The data folder that is in use. */
    public String folder() {
        return folder;
    }
}
