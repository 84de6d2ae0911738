using Postern.Expressions;

namespace Postern.Policies.Expressions.Showing;

/// <summary>An object expressions may hold and hand on, but not look into.</summary>
sealed class Opaque(object subject) : HostObject, IShown
{
    public override string TypeName => subject.GetType().Name;

    public object Subject => subject;

    protected override bool IsEqualTo(object? other) => other is Opaque opaque && Equals(opaque.Subject, subject);

    protected override int HashOf() => subject.GetHashCode();
}
