package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Pattern.Malformed;
import dev.gatehouse.domain.access.Tree.Characters;

/** The classes of characters that RE2 knows by the names of Unicode: general categories and scripts. */
final class UnicodeClass {
    private static final String[] CATEGORIES = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "", "Co",
        "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
    };

    private UnicodeClass() {}

    /** @throws Malformed when there is no class of this name */
    static Characters of(String name) throws Malformed {
        if (name.equals("Any")) return Characters.ALL;
        boolean category = false;
        for (String each : CATEGORIES)
            category |= !each.equals("Cn") && !name.isEmpty() && name.length() <= 2 && each.startsWith(name);
        if (category)
            return each -> {
                String of = CATEGORIES[Character.getType(each)];
                return !of.equals("Cn") && of.startsWith(name);
            };
        try {
            Character.UnicodeScript script = Character.UnicodeScript.forName(name);
            // Java also knows four-letter codes and any letter case; RE2 does not.
            if (name.length() > 2 && Character.isUpperCase(name.charAt(0)) && !name.equals("Unknown"))
                return each -> Character.UnicodeScript.of(each) == script;
        } catch (IllegalArgumentException e) {
            throw new Malformed("there is no class \\p{" + name + "}");
        }
        throw new Malformed("there is no class \\p{" + name + "}");
    }
}
