namespace Postern.Server.Hosting;

/// <summary>What a process does.</summary>
[Flags]
enum Roles
{
    /// <summary>Neither: a command that uses the product's services.</summary>
    None = 0,
    Server = 1,
    Worker = 2,
}
