namespace Postern.Kernel.Settings;

/// <summary>Refuses names under a program's own prefix that no setting has.</summary>
public static class UnknownNames
{
    /// <summary>Adds an error for every name nothing was read from.</summary>
    public static void Refuse(SettingReader reader)
    {
        foreach (var (name, variable) in reader.Source.All.Where(pair => !reader.Asked.Contains(pair.Name)).OrderBy(pair => pair.Variable, StringComparer.Ordinal))
            reader.Errors.Add(variable, $"There is no such setting. The nearest is {reader.Source.OwnVariable(NearestName.To(name, reader.Asked))}.");
    }
}
