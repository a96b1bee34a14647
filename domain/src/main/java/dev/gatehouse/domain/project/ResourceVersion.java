package dev.gatehouse.domain.project;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Which state of which project somebody read. A project that is made again under an old name has none of the old one's:
 * whoever read that one changes nothing by mistake.
 *
 * @param number above 0; clients take it for any text
 */
public record ResourceVersion(long number) {
    private static final int BITS_OF_VERSION = 31;

    static ResourceVersion of(ProjectId project, int version) {
        CRC32 mark = new CRC32();
        mark.update(project.value().getBytes(StandardCharsets.UTF_8));
        return new ResourceVersion((mark.getValue() << BITS_OF_VERSION) | version);
    }

    /** The version of this text; absent when it was never given out. */
    public static Optional<ResourceVersion> parse(String text) {
        if (text.isEmpty() || text.length() > 19 || text.chars().anyMatch(each -> each < '0' || each > '9'))
            return Optional.empty();
        try {
            return Optional.of(new ResourceVersion(Long.parseLong(text)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
