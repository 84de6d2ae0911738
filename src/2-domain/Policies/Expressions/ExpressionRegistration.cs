using Microsoft.Extensions.DependencyInjection;
using Postern.Expressions;
using Postern.Policies.Expressions.Functions;
using Postern.Policies.Expressions.Imports;
using Postern.Policies.Expressions.Models;
using Postern.Policies.Expressions.Objects;
using Postern.Policies.Expressions.Showing;
using Postern.Storage.Kinds;

namespace Postern.Policies.Expressions;

/// <summary>By what slices extend expressions.</summary>
public static class ExpressionRegistration
{
    /// <summary>Lets expressions query and look into a kind.</summary>
    public static IServiceCollection AddExpressionModel(this IServiceCollection services, ExpressionModel model) => services.AddSingleton(model);

    /// <summary>Shows objects that are no kinds.</summary>
    public static IServiceCollection AddExpressionView<TView>(this IServiceCollection services)
        where TView : class, IExpressionView => services.AddSingleton<IExpressionView, TView>();

    /// <summary>Adds a method to the objects of another slice's kind.</summary>
    public static IServiceCollection AddExpressionMethod<T>(this IServiceCollection services, ModelKind<T> kind, string name, Func<T, HostCall, ValueTask<object?>> body)
        where T : class, new() => services.AddSingleton(new ExtraMethod(kind.Name, name, (subject, call) => body((T)subject, call)));

    /// <summary>Adds a helper that expressions call by name.</summary>
    public static IServiceCollection AddExpressionFunction<TFunction>(this IServiceCollection services)
        where TFunction : class, IExpressionFunction => services.AddSingleton<IExpressionFunction, TFunction>();

    /// <summary>Adds a name to a module that expressions import.</summary>
    public static IServiceCollection AddExpressionImport(this IServiceCollection services, string module, string name, object? value) =>
        services.AddSingleton(new ExpressionImport(module, name, _ => value));

    /// <summary>Adds a name to a module, made anew for each evaluation that has the module at hand.</summary>
    public static IServiceCollection AddExpressionImport(this IServiceCollection services, string module, string name, Func<ExpressionRun, object?> value) =>
        services.AddSingleton(new ExpressionImport(module, name, value));

    /// <summary>Adds an attribute to <c>http_request</c> (<c>brand</c>, <c>tenant</c>).</summary>
    public static IServiceCollection AddHttpRequestMember(this IServiceCollection services, string name, Func<ExpressionRun, ValueTask<object?>> value) =>
        services.AddSingleton(new HttpRequestMember(name, value));
}
