using System.Diagnostics.CodeAnalysis;

namespace Postern.Kernel;

/// <summary>The outcome of a use case: a value, or the <see cref="Kernel.Fault"/> that says why there is none.</summary>
public readonly struct Result<T>
{
    readonly T? value;

    Result(T? value, Fault? fault) => (this.value, Fault) = (value, fault);

    /// <summary>Why the use case was refused; null when it succeeded.</summary>
    public Fault? Fault { get; }

    /// <summary>The value of a success; asking a refusal for it is a bug.</summary>
    public T Value => Fault is null ? value! : throw new InvalidOperationException($"No value: {Fault.Message}");

    /// <summary>True with the value on success, false with the fault otherwise.</summary>
    public bool Succeeded([MaybeNullWhen(false)] out T result, [NotNullWhen(false)] out Fault? fault)
    {
        (result, fault) = (value, Fault);
        return fault is null;
    }

    /// <summary>Maps a success; a fault passes through.</summary>
    public Result<TOther> Then<TOther>(Func<T, TOther> map) => Fault is null ? Result<TOther>.Of(map(value!)) : Fault;

    /// <summary>Goes on with a success; a fault passes through.</summary>
    public Task<Result<TOther>> ThenAsync<TOther>(Func<T, Task<Result<TOther>>> next) => Fault is null ? next(value!) : Task.FromResult((Result<TOther>)Fault);

    /// <summary>A success; for interface types, which the conversion operator cannot take.</summary>
    public static Result<T> Of(T value) => new(value, fault: null);

    public static implicit operator Result<T>(T value) => new(value, fault: null);

    public static implicit operator Result<T>(Fault fault) => new(default, fault);
}

/// <summary>The value of a use case that answers nothing.</summary>
public readonly record struct Unit
{
    public static readonly Unit Value;
}
