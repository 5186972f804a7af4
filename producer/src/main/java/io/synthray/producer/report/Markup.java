package io.synthray.producer.report;

/** Text made safe for HTML and for XML at once. */
final class Markup {
    private Markup() {}

    /** Escapes what has a meaning in markup; characters that XML 1.0 does not allow become U+FFFD. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(c) ? c : 0xfffd);
            }
        });
        return safe.toString();
    }

    private static boolean isAllowed(int c) {
        boolean control = c < 0x20 ? c != '\t' && c != '\n' && c != '\r' : c >= 0x7f && c < 0xa0;
        return !control && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff && (c & 0xfffe) != 0xfffe;
    }
}
