namespace Postern.Policies.Expressions;

/// <summary>Decides by an expression.</summary>
public sealed class ExpressionPolicy : Policy
{
    public string Expression { get; set; } = "";
}
