using Postern.Expressions;

namespace Postern.Policies.Expressions.Models;

/// <summary>A method that a slice adds to the objects of another slice's kind (<c>app_entitlements</c> of users). Nobody signed in answers no rows to it.</summary>
/// <param name="Kind">Wire name of the kind.</param>
/// <param name="Name">Name in expressions.</param>
/// <param name="Body">Answers a value as in a policy's context, or a script value.</param>
public sealed record ExtraMethod(string Kind, string Name, Func<object, HostCall, ValueTask<object?>> Body);
