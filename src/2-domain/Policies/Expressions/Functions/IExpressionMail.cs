namespace Postern.Policies.Expressions.Functions;

/// <summary>Sends mail for expressions.</summary>
public interface IExpressionMail
{
    /// <summary>Queues a mail. Null when it is queued; else why not (unknown template or stage, bad address).</summary>
    ValueTask<string?> SendAsync(ExpressionMail mail, CancellationToken cancellation);
}

/// <summary>A mail an expression asked for. Exactly one of body and template is given.</summary>
public sealed record ExpressionMail(IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, string Subject)
{
    public string? Body { get; init; }

    public string? Template { get; init; }

    /// <summary>Name or key of the e-mail stage whose settings count; the global ones when null.</summary>
    public string? Stage { get; init; }

    /// <summary>Values for the template.</summary>
    public IReadOnlyDictionary<string, object?> Context { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>The user the expression runs for; null for nobody.</summary>
    public Directory.Users.User? User { get; init; }

    /// <summary>The host that was asked, by which the brand is chosen; null outside a request.</summary>
    public string? Host { get; init; }
}
