namespace Postern.Api;

/// <summary>Work of a slice that must be done before the first request (first-start content). It is cheap when nothing is to do.</summary>
public interface IStartTask
{
    /// <summary>Lower runs first.</summary>
    int Order { get; }

    Task RunAsync(CancellationToken cancellation);
}

/// <summary>A line for whoever starts the server, such as the one-time setup link.</summary>
public interface IStartNotice
{
    /// <summary>The text, or null when there is nothing to say. <paramref name="address"/> is the server's own, without a slash at the end.</summary>
    ValueTask<string?> TextAsync(string address, CancellationToken cancellation);
}
