using System.Text.Json.Nodes;

namespace Postern.Policies.Expressions.Functions;

/// <summary>Sends mail for expressions.</summary>
public interface IExpressionMail
{
    /// <summary>Queues a mail; false when it cannot be delivered (no server configured, unknown template, bad address).</summary>
    ValueTask<bool> SendAsync(ExpressionMail mail, CancellationToken cancellation);
}

/// <summary>A mail an expression asked for. Exactly one of body and template is given.</summary>
public sealed record ExpressionMail(IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, string Subject)
{
    public string? Body { get; init; }

    public string? Template { get; init; }

    /// <summary>Name or key of the e-mail stage whose settings count; the global ones when null.</summary>
    public string? Stage { get; init; }

    /// <summary>Values for the template.</summary>
    public JsonObject Context { get; init; } = [];

    /// <summary>The user the expression runs for; null for nobody.</summary>
    public Directory.Users.User? User { get; init; }
}
