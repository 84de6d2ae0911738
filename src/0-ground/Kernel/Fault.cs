namespace Postern.Kernel;

/// <summary>An expected refusal. The set is closed: doors map each of these to their own shape (HTTP status, page, exit code).</summary>
public abstract record Fault(string Message)
{
    /// <summary>The input is wrong; names each field and what is wrong with it.</summary>
    public sealed record Invalid(FieldErrors Errors) : Fault(Errors.ToString());

    /// <summary>There is no such object, or the caller may not know of it. <paramref name="ObjectName"/> is the singular name, e.g. <c>User</c>.</summary>
    public sealed record NotFound(string ObjectName) : Fault($"No {ObjectName} matches the given query.");

    /// <summary>The caller is known but lacks a permission.</summary>
    public sealed record Forbidden(string Reason = "You do not have permission to perform this action.") : Fault(Reason);

    /// <summary>The caller is not signed in, or the credentials are bad.</summary>
    public sealed record Unauthenticated(string Reason = "Authentication credentials were not provided.") : Fault(Reason);

    /// <summary>Too many attempts; may be repeated after <paramref name="RetryAfter"/>.</summary>
    public sealed record Throttled(string Reason, TimeSpan RetryAfter) : Fault(Reason);

    /// <summary>One error on one field.</summary>
    public static Invalid Field(string field, string message) => new(FieldErrors.Of(field, message));

    /// <summary>One error that concerns the whole input.</summary>
    public static Invalid Input(string message) => new(FieldErrors.Of(FieldErrors.NonField, message));
}
