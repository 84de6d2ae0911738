using System.Text.Json.Nodes;

namespace Postern.Directory.Exports;

/// <summary>A list that somebody asked for as a file.</summary>
public sealed class DataExport
{
    public Guid Pk { get; set; } = Guid.CreateVersion7();

    public int? RequestedByPk { get; set; }

    public DateTimeOffset RequestedOn { get; set; }

    /// <summary>Wire name of what is listed.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The parameters of the list: filters, search, ordering. A parameter given several times is a list.</summary>
    public JsonObject QueryParams { get; set; } = [];

    /// <summary>Rows there will be; null until counted.</summary>
    public int? Total { get; set; }

    /// <summary>Rows written so far.</summary>
    public int Done { get; set; }

    /// <summary>When it was finished or given up.</summary>
    public DateTimeOffset? FinishedOn { get; set; }

    /// <summary>Why there is no file; empty when nothing went wrong.</summary>
    public string Error { get; set; } = "";

    public long Bytes { get; set; }

    /// <summary>The file is there.</summary>
    public bool IsCompleted => FinishedOn is not null && Error.Length == 0;
}
