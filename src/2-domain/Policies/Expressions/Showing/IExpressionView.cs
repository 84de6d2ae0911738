using System.Diagnostics.CodeAnalysis;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Showing;

/// <summary>Shows objects of a slice to expressions (a flow plan, a device); what no view knows is shown without members.</summary>
public interface IExpressionView
{
    /// <summary>The script object for a value; false when it is none of this view's.</summary>
    bool TryShow(object value, ExpressionRun run, [NotNullWhen(true)] out HostObject? shown);
}
