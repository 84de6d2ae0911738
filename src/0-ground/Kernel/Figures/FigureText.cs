using System.Globalization;
using System.Text;

namespace Postern.Kernel.Figures;

/// <summary>Figures in Prometheus' text form, version 0.0.4. Names say the unit; labels come from code, never from requests.</summary>
public sealed class FigureText
{
    readonly StringBuilder text = new();

    /// <summary>A value that goes up and down.</summary>
    public void Gauge(string name, string help, double value) => Gauge(name, help, ("", "", value));

    /// <summary>A value that goes up and down, by one label.</summary>
    public void Gauge(string name, string help, params ReadOnlySpan<(string Label, string Value, double Figure)> rows) => Family(name, "gauge", help, rows);

    /// <summary>A value that only rises.</summary>
    public void Counter(string name, string help, params ReadOnlySpan<(string Label, string Value, double Figure)> rows) => Family(name, "counter", help, rows);

    /// <summary>How often a duration stayed within each bound; <paramref name="counts"/> has one more for what is above all of them.</summary>
    public void Histogram(string name, string help, ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double sum)
    {
        Head(name, "histogram", help);
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            Row($"{name}_bucket", "le", i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf", total);
        }
        Row($"{name}_sum", "", "", sum);
        Row($"{name}_count", "", "", total);
    }

    public override string ToString() => text.ToString();

    void Family(string name, string type, string help, ReadOnlySpan<(string Label, string Value, double Figure)> rows)
    {
        Head(name, type, help);
        foreach (var (label, value, figure) in rows)
            Row(name, label, value, figure);
    }

    void Head(string name, string type, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    void Row(string name, string label, string value, double figure)
    {
        text.Append(name);
        if (label.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"{{{label}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}");
        text.Append(CultureInfo.InvariantCulture, $" {figure}\n");
    }
}
