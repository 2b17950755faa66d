package dev.kontor.bench.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Lines over one axis, as SVG. The vertical axis begins at 0. */
final class SvgPlot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 30;
    private static final int STEPS = 5;
    private static final List<String> COLOURS = List.of("#1f77b4", "#d62728");

    private final String title;
    private final DoubleUnaryOperator scale;
    private final DoubleFunction<String> label;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String name, double[] xs, double[] ys) {}

    /**
     * @param scale from a value to its place on the horizontal axis
     * @param label of a place on the horizontal axis
     */
    SvgPlot(String title, DoubleUnaryOperator scale, DoubleFunction<String> label) {
        this.title = title;
        this.scale = scale;
        this.label = label;
    }

    /** Values that are not numbers are left out. Lines of one name have one colour. */
    void line(String name, double[] xs, double[] ys) {
        int[] shown = IntStream.range(0, xs.length)
                .filter(i -> Double.isFinite(ys[i]) && Double.isFinite(xs[i]))
                .toArray();
        lines.add(new Line(
                name,
                Arrays.stream(shown)
                        .mapToDouble(i -> scale.applyAsDouble(xs[i]))
                        .toArray(),
                Arrays.stream(shown).mapToDouble(i -> ys[i]).toArray()));
    }

    String text() {
        double mostX = most(lines.stream().map(Line::xs).toList());
        double mostY = most(lines.stream().map(Line::ys).toList());
        StringBuilder svg = new StringBuilder();
        append(svg, "<svg viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n", WIDTH, HEIGHT);
        append(svg, "<text x=\"%d\" y=\"16\" font-weight=\"bold\">%s</text>%n", LEFT, title);
        for (int step = 0; step <= STEPS; step++) {
            double part = (double) step / STEPS;
            append(
                    svg,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"%4$d\" y=\"%3$.1f\" text-anchor=\"end\">%5$s</text>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    y(part),
                    LEFT - 6,
                    shortest(part * mostY));
            append(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(part),
                    HEIGHT - 10,
                    label.apply(Math.round(part * mostX * 100) / 100.0));
        }
        List<String> names = lines.stream().map(Line::name).distinct().toList();
        for (int i = 0; i < names.size(); i++) {
            append(
                    svg,
                    "<text x=\"%d\" y=\"32\" fill=\"%s\">%s</text>%n",
                    LEFT + 120 * i,
                    COLOURS.get(i % COLOURS.size()),
                    names.get(i));
        }
        for (Line line : lines) {
            svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"")
                    .append(COLOURS.get(names.indexOf(line.name()) % COLOURS.size()))
                    .append("\" points=\"");
            for (int i = 0; i < line.xs().length; i++) {
                append(svg, "%.1f,%.1f ", x(line.xs()[i] / mostX), y(line.ys()[i] / mostY));
            }
            svg.append("\"/>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private static double most(List<double[]> values) {
        double most = values.stream().flatMapToDouble(Arrays::stream).max().orElse(1);
        return most > 0 ? most : 1;
    }

    private static double x(double part) {
        return LEFT + part * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double part) {
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
    }

    private static String shortest(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%,.2f" : "%,.0f", value);
    }

    private static void append(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
