using System.Linq.Expressions;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>What an object refers to cannot go away under it.</summary>
public sealed class ReferenceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_database_holds_every_column_that_refers_to_an_object()
    {
        var server = fixture.Server;
        var columns = await SetAsync("SELECT array_agg(c.relname || '.' || a.attname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attnum > 0 AND c.relkind IN ('r', 'p')");
        var held = await SetAsync("SELECT array_agg(c.relname || '.' || a.attname) FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = ANY(f.conkey) WHERE f.contype = 'f'");
        var (loose, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var kind in server.Services.GetRequiredService<KindRegistry>().All)
        {
            foreach (var field in kind.Fields.Where(f => f.Type is FieldType.Reference && f.Target is not null))
            {
                var column = $"{kind.Table}.{Column(field.Member)}";
                if (columns.Contains(column) && seen.Add(column) && !held.Contains(column))
                    loose.Add(column);
            }
        }
        loose.ShouldBeEmpty();
        seen.ShouldContain("brand.flow_recovery");

        async Task<HashSet<string>> SetAsync(string sql) => (await server.Database.ScalarAsync<string[]>(sql))!.ToHashSet(StringComparer.Ordinal);
    }

    static string Column(LambdaExpression? member)
    {
        var body = member?.Body is UnaryExpression convert ? convert.Operand : member?.Body;
        return body is MemberExpression property ? SnakeCase.Of(property.Member.Name) : "";
    }
}
