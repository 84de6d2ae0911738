using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Postern.Kernel.Figures;

namespace Postern.Hosting.Metrics;

/// <summary>Listens to the instruments that the web server and the database driver have built in.</summary>
sealed class InstrumentFigures : IFigures, IDisposable
{
    const string Requests = "http.server.request.duration";
    const string Active = "http.server.active_requests";
    const string Connections = "db.client.connection.count";
    const string Most = "db.client.connection.max";

    static readonly double[] bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    static readonly string[] classes = ["1xx", "2xx", "3xx", "4xx", "5xx"];

    readonly MeterListener listener = new();
    readonly long[] byClass = new long[classes.Length];
    readonly long[] byDuration = new long[bounds.Length + 1];
    readonly ConcurrentDictionary<(string Instrument, string State), long> levels = new();
    readonly Lock gate = new();
    double seconds;
    long active;

    public InstrumentFigures()
    {
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name is Requests or Active or Connections or Most)
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Requested(value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Leveled(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Leveled(instrument.Name, value, tags));
    }

    /// <summary>Begins to count.</summary>
    public void Start() => listener.Start();

    public Task WriteAsync(FigureText to, CancellationToken cancellation)
    {
        lock (gate)
        {
            levels.Clear();
            listener.RecordObservableInstruments();
            to.Counter("postern_http_requests_total", "Requests answered, by class of status.", [.. classes.Select((c, i) => ("class", c, (double)byClass[i]))]);
            to.Histogram("postern_http_request_duration_seconds", "Time from the first byte of a request to the last of its answer.", bounds, byDuration, seconds);
            to.Gauge("postern_http_requests_active", "Requests under way.", Interlocked.Read(ref active));
            to.Gauge("postern_database_connections", "Connections to the database, of all pools of this process.", ("state", "idle", Level(Connections, "idle")), ("state", "used", Level(Connections, "used")));
            to.Gauge("postern_database_connections_max", "Connections that the pools of this process may open.", Level(Most, ""));
        }
        return Task.CompletedTask;
    }

    public void Dispose() => listener.Dispose();

    void Requested(double duration, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name is not "http.response.status_code" || value is not int status)
                continue;
            Interlocked.Increment(ref byClass[Math.Clamp((status / 100) - 1, 0, classes.Length - 1)]);
            break;
        }
        var place = Array.BinarySearch(bounds, duration);
        Interlocked.Increment(ref byDuration[place < 0 ? ~place : place]);
        double before;
        do
        {
            before = Volatile.Read(ref seconds);
        }
        while (Interlocked.CompareExchange(ref seconds, before + duration, before) != before);
    }

    void Leveled(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument is Active)
        {
            Interlocked.Add(ref active, value);
            return;
        }
        var state = "";
        foreach (var (name, tag) in tags)
        {
            if (name is "db.client.connection.state")
                state = tag as string ?? "";
        }
        levels.AddOrUpdate((instrument, state), value, (_, sum) => sum + value);
    }

    double Level(string instrument, string state) => levels.GetValueOrDefault((instrument, state));
}
