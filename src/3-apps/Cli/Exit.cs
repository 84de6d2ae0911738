using Postern.Kernel;

namespace Postern.Cli;

/// <summary>How verbs end.</summary>
public static class Exit
{
    public const int Done = 0;

    /// <summary>What was asked for is not possible or not allowed; nothing was changed.</summary>
    public const int Refused = 1;

    /// <summary>The line or the settings are wrong; nothing was tried.</summary>
    public const int WrongUse = 2;

    /// <summary>Says why not on standard error.</summary>
    public static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Refused;
    }

    public static int Refuse(Fault fault)
    {
        if (fault is not Fault.Invalid { Errors: var errors })
            return Refuse(fault.Message);
        foreach (var field in errors.Fields)
        {
            foreach (var text in errors[field])
                Console.Error.WriteLine(field == FieldErrors.NonField ? text : $"{field}: {text}");
        }
        return Refused;
    }
}
