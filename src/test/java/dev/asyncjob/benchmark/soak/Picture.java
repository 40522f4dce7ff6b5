package dev.asyncjob.benchmark.soak;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** All figures over time, a panel each, in one picture. */
record Picture(List<Sample> samples, Duration time) {
  private static final int COLUMNS = 3;
  private static final int PANEL_WIDTH = 330;
  private static final int PANEL_HEIGHT = 200;
  private static final double SPACE_ABOVE = 1.2;
  private static final Color LINE = new Color(0x1f, 0x5f, 0xa8);
  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

  void write(Path svg) throws IOException {
    var figures = Figure.values();
    var rows = (figures.length + COLUMNS - 1) / COLUMNS;
    var graphics = new VectorGraphics2D();
    for (var i = 0; i < figures.length; i++) {
      var x = i % COLUMNS * PANEL_WIDTH;
      var y = i / COLUMNS * PANEL_HEIGHT;
      panel(figures[i]).draw(graphics, new Rectangle2D.Double(x, y, PANEL_WIDTH, PANEL_HEIGHT));
    }
    var svgText = new ByteArrayOutputStream();
    Processors.get("svg")
        .getDocument(
            graphics.getCommands(),
            new PageSize((double) COLUMNS * PANEL_WIDTH, (double) rows * PANEL_HEIGHT))
        .writeTo(svgText);
    // The font of this machine need not be that of the reader's.
    Files.writeString(
        svg,
        svgText
            .toString(StandardCharsets.UTF_8)
            .replaceAll("font-family:&quot;[^&]*&quot;", "font-family:sans-serif"));
  }

  private JFreeChart panel(Figure figure) {
    var values = new XYSeries(figure.title());
    samples.forEach(
        sample -> sample.value(figure).ifPresent(value -> values.add(hours(sample.at()), value)));
    var hours = new NumberAxis("hours");
    hours.setRange(0, hours(time));
    var value = new NumberAxis();
    // From zero, so that what looks flat is flat.
    var highest = values.isEmpty() ? 0 : values.getMaxY();
    value.setRange(new Range(0, Math.max(1, highest * SPACE_ABOVE)));
    value.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    var line = new XYLineAndShapeRenderer(true, false);
    line.setDrawSeriesLineAsPath(true);
    line.setSeriesPaint(0, LINE);
    line.setSeriesStroke(0, new BasicStroke(1.2f));
    var plot = new XYPlot(new XYSeriesCollection(values), hours, value, line);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlinesVisible(false);
    for (var axis : List.of(hours, value)) {
      axis.setLabelFont(LABELS);
      axis.setTickLabelFont(LABELS);
    }
    var chart = new JFreeChart(figure.title(), TITLE, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 12));
    return chart;
  }

  private static double hours(Duration since) {
    return since.toMillis() / 3.6e6;
  }
}
