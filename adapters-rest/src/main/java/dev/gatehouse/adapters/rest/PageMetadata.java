package dev.gatehouse.adapters.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.domain.shared.Page;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What every list of our own says beside its items (Gatehouse contract 1). */
@Serdeable
@Schema(name = "PageMetadata")
public record PageMetadata(
        @JsonProperty("continue") @Schema(description = "Where the next page begins; absent on the last one") @Nullable
        String next,

        @Schema(
                description = "How many come behind this page, as it was when the first page was read; left out on the"
                        + " last page, and where it is not known or would take too long to count")
        @Nullable
        Long remainingItemCount) {
    /** Of a list that is given whole. */
    public static final PageMetadata WHOLE = new PageMetadata(null, null);

    public static PageMetadata of(Page<?> page) {
        return of(page, OptionalLong.empty());
    }

    /** @param remaining how many come behind it, where that is known */
    public static PageMetadata of(Page<?> page, OptionalLong remaining) {
        return new PageMetadata(
                page.next().orElse(null),
                page.next().isPresent() && remaining.isPresent() ? remaining.getAsLong() : null);
    }
}
