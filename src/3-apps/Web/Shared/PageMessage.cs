namespace Postern.Web.Shared;

/// <summary>Something the server tells once: a toast in the console, a notice on a flow page.</summary>
public sealed record PageMessage(Tone Tone, string Text);
