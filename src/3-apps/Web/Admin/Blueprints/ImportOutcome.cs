using Postern.Blueprints.Importing;

namespace Postern.Web.Admin.Blueprints;

/// <summary>What came of an import form; nothing yet when it is only shown.</summary>
public sealed record ImportOutcome
{
    public ImportReport? Report { get; init; }

    public string Problem { get; init; } = "";

    /// <summary>Whether it was only asked what would happen.</summary>
    public bool IsPlan { get; init; }

    /// <summary>Text of the file that was chosen; empty for an example.</summary>
    public string Content { get; init; } = "";

    /// <summary>Path of the example that was chosen.</summary>
    public string Example { get; init; } = "";
}
