namespace Postern.Expressions;

/// <summary>An attribute of a type: a method, a computed property, or a constant of the class.</summary>
internal abstract record Member;

internal sealed record MethodMember(NativeFunction Function) : Member;

internal sealed record GetterMember(Func<object, object?> Get) : Member;

internal sealed record ConstantMember(object? Value) : Member;
