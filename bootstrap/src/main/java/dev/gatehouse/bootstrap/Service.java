package dev.gatehouse.bootstrap;

import dev.gatehouse.application.account.Provisioning;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running whole: one context, one server. */
final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Service(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /** The service could not start; the sentence says why and what to change. */
    static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        private final String sentence;

        NotStarted(String sentence, Throwable cause) {
            super(sentence, cause);
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /** Starts, and answers requests from then on. */
    static Service start(Settings settings) throws NotStarted {
        makeHome(settings.home());
        ApplicationContext context = null;
        try {
            context = ApplicationContext.builder()
                    .banner(false)
                    .properties(settings.properties())
                    .singletons(settings)
                    .build()
                    .start();
            provision(context, settings);
            if (settings.database().embedded()) keepToOurselves(settings.home());
            EmbeddedServer server = context.getBean(EmbeddedServer.class);
            server.start();
            Service service = new Service(context, server);
            LOG.info("Gatehouse answers at {} ({})", server.getURI(), String.join(", ", settings.summary()));
            return service;
        } catch (RuntimeException e) {
            if (context != null) closeQuietly(context, e);
            throw new NotStarted(sentenceFor(e, settings), e);
        }
    }

    /** Where it answers. */
    URI uri() {
        return server.getURI();
    }

    /** Waits for the end of the process; requests in flight finish first. */
    void untilStopped() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
        stopped.await();
    }

    /** Takes no new request, lets those in flight finish, closes the database. */
    @Override
    public void close() {
        LOG.info("Gatehouse is stopping");
        context.close();
        stopped.countDown();
    }

    @SuppressWarnings("SystemOut") // Shown once, on the operator's terminal and nowhere else; the log must not have it.
    private static void provision(ApplicationContext context, Settings settings) throws NotStarted {
        Origin origin = Origin.itself(context.getBean(Ids.class).newId());
        switch (provisioned(context, settings, origin)) {
            case Provisioning.Outcome.AlreadyThere there -> {}
            case Provisioning.Outcome.Made(Optional<PlainPassword> generated) ->
                generated.ifPresent(
                        password -> System.out.println("gatehouse: the first administrator is admin, with the"
                                + " password " + password.reveal() + " (also in " + settings.home()
                                + "/initial-admin-password until you change it)"));
        }
    }

    private static Provisioning.Outcome provisioned(ApplicationContext context, Settings settings, Origin origin)
            throws NotStarted {
        try {
            return context.getBean(Provisioning.class)
                    .provision(settings.adminPassword(), settings.adminPasswordToChange(), origin);
        } catch (Refusal.Invalid e) {
            throw new NotStarted(
                    "GATEHOUSE_ADMIN_PASSWORD is among the first that anybody would try: choose another, or leave it out"
                            + " and have one generated",
                    e);
        }
    }

    private static void makeHome(Path home) throws NotStarted {
        try {
            if (Files.isDirectory(home)) return;
            if (home.getFileSystem().supportedFileAttributeViews().contains("posix"))
                Files.createDirectories(
                        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            else Files.createDirectories(home);
        } catch (IOException | UncheckedIOException e) {
            throw new NotStarted(
                    "the data folder " + home
                            + " cannot be made: set GATEHOUSE_HOME to a folder this user may write to",
                    e);
        }
    }

    /** The database's file, in a folder that may have been made with other rights than ours. */
    private static void keepToOurselves(Path home) {
        if (!home.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home, "gatehouse*.db")) {
            for (Path each : files) Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            LOG.warn("The files in {} could not be closed to other users of this machine", home, e);
        }
    }

    private static void closeQuietly(ApplicationContext context, RuntimeException reason) {
        try {
            context.close();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** What an operator can do something about, in words; otherwise the log has the whole. */
    private static String sentenceFor(RuntimeException failure, Settings settings) {
        String configured = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException)
                return "GATEHOUSE_HOST is '" + settings.host()
                        + "', which is no address of this machine and no name for one";
            if (cause instanceof BindException)
                return "cannot listen on " + settings.host() + ":" + settings.port() + " (" + text(cause)
                        + "): stop what listens there, or set GATEHOUSE_PORT or GATEHOUSE_HOST";
            if (text(cause).startsWith("another Gatehouse is already using"))
                return text(cause) + ": stop it, or give this one a data folder of its own with GATEHOUSE_HOME";
            if (cause instanceof Refusal.Unavailable unavailable)
                return "the " + unavailable.part() + " does not answer: look at GATEHOUSE_DATABASE_URL,"
                        + " GATEHOUSE_DATABASE_USERNAME and GATEHOUSE_DATABASE_PASSWORD, and whether it is running";
            // The adapters word what they cannot start with; the innermost one is theirs.
            if (cause instanceof ConfigurationException) configured = text(cause);
        }
        if (!configured.isEmpty()) return configured;
        LOG.error("The service could not start", failure);
        return "could not start; the log above says why";
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }
}
