namespace Postern.Expressions;

/// <summary>The value of `...`.</summary>
internal sealed class Ellipsis
{
    public static readonly Ellipsis Value = new();

    private Ellipsis()
    {
    }
}

/// <summary>Marks a variable without a value and an argument that was not given; never a value of a script.</summary>
internal sealed class Unbound
{
    public static readonly Unbound Value = new();

    private Unbound()
    {
    }
}

/// <summary>What a binary operation answers when it does not know the other operand.</summary>
internal sealed class NotImplementedValue
{
    public static readonly NotImplementedValue Value = new();

    private NotImplementedValue()
    {
    }
}

/// <summary>A variable shared between a function and the functions inside it.</summary>
internal sealed class Cell
{
    public object? Content = Unbound.Value;
}
