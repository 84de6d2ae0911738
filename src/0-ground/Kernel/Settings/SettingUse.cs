namespace Postern.Kernel.Settings;

/// <summary>A setting that the program reads.</summary>
/// <param name="Name">Its name without prefix.</param>
public sealed record SettingUse(string Name)
{
    /// <summary>What its value must be; null for any text.</summary>
    public string? Shape { get; init; }

    /// <summary>The value where none is set; null for none, or for one that is decided elsewhere.</summary>
    public string? Otherwise { get; init; }

    public bool IsSecret { get; init; }
}

/// <summary>A setting as this process has it.</summary>
/// <param name="Use">What is known of it.</param>
/// <param name="Variable">The environment variable that sets it; null where none does.</param>
/// <param name="Value">The value that counts, secrets as stars; null for none.</param>
public sealed record SettingState(SettingUse Use, string? Variable, string? Value);
