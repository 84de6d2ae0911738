namespace Postern.Policies.Dummy;

/// <summary>Waits and answers what it is told to, for trying out bindings.</summary>
public sealed class DummyPolicy : Policy
{
    public bool Result { get; set; }

    /// <summary>Seconds.</summary>
    public int WaitMin { get; set; } = 5;

    /// <summary>Seconds.</summary>
    public int WaitMax { get; set; } = 30;
}
