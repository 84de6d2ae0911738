using System.Reflection;
using System.Text.Json.Serialization;
using Postern.Kernel.Values;

namespace Postern.Policies.Expressions.Showing;

/// <summary>The wire name of an enum value whose type is known at run time only.</summary>
static class WireName
{
    public static string Of(Enum value)
    {
        var member = value.ToString();
        return value.GetType().GetField(member)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? SnakeCase.Of(member);
    }
}
