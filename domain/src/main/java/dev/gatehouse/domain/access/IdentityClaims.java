package dev.gatehouse.domain.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an identity provider says of somebody.
 *
 * @param claims as they stand in the token: texts, numbers, lists and maps by name
 */
public record IdentityClaims(Map<String, Object> claims) {
    public IdentityClaims {
        claims = Map.copyOf(claims);
    }

    /** The name of the user (Argo CD contract 2.2): Dex's own if there is one, else the subject; possibly empty. */
    public String subject() {
        return claims.get("federated_claims") instanceof Map<?, ?> federated
                        && federated.get("user_id") instanceof String user
                        && !user.isEmpty()
                ? user
                : claims.get("sub") instanceof String subject ? subject : "";
    }

    /**
     * The groups (Argo CD contract 5.5): every text in the claims of these names, in their order. A name that is no claim
     * leads into the maps inside, at its dots.
     */
    public List<String> values(List<String> scopes) {
        List<String> values = new ArrayList<>();
        for (String scope : scopes)
            switch (find(claims, scope)) {
                case String text -> values.add(text);
                case List<?> list -> {
                    for (Object each : list) if (each instanceof String text) values.add(text);
                }
                default -> {}
            }
        return values;
    }

    private static Object find(Map<?, ?> within, String path) {
        Object here = within.get(path);
        if (here != null) return here;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1))
            if (within.get(path.substring(0, dot)) instanceof Map<?, ?> inside) {
                Object found = find(inside, path.substring(dot + 1));
                if (!found.equals(NOTHING)) return found;
            }
        return NOTHING;
    }

    private static final Object NOTHING = List.of();
}
