using System;
using System.Globalization;
using System.Linq;
using Sluice.Registers.Description;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Output;

/// <summary>An array costs what one of its elements costs: counted in registers of the model and in lines of code, for few elements and for sixteen million.</summary>
public sealed class ArraysStaySymbolic
{
    private const string Long = "0x1000000";

    [Theory]
    [InlineData("<register><dim>{0}</dim><dimIncrement>4</dimIncrement><name>R[%s]</name><addressOffset>0</addressOffset></register>", 1)]
    [InlineData("<register><dim>{0}</dim><dimIncrement>1</dimIncrement><name>R[%s]</name><addressOffset>0</addressOffset><size>8</size></register>", 1)]
    [InlineData("<cluster><dim>{0}</dim><dimIncrement>8</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset><register><name>A</name><addressOffset>0</addressOffset></register><register><name>B</name><addressOffset>4</addressOffset></register></cluster>", 2)]
    [InlineData("<cluster><dim>{0}</dim><dimIncrement>0x10</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset><cluster><name>IN</name><addressOffset>8</addressOffset><register><name>A</name><addressOffset>0</addressOffset></register></cluster></cluster>", 1)]
    [InlineData("<cluster><dim>{0}</dim><dimIncrement>0x10</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset><register><dim>4</dim><dimIncrement>4</dimIncrement><name>A[%s]</name><addressOffset>0</addressOffset></register></cluster>", 4)]
    [InlineData("<cluster><dim>{0}</dim><dimIncrement>0x10</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset><cluster><dim>2</dim><dimIncrement>8</dimIncrement><name>D[%s]</name><addressOffset>0</addressOffset><register><dim>2</dim><dimIncrement>4</dimIncrement><name>A[%s]</name><addressOffset>0</addressOffset></register></cluster></cluster>", 4)]
    [InlineData("<cluster><dim>16</dim><dimIncrement>0x8000000</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset><register><dim>{0}</dim><dimIncrement>4</dimIncrement><name>A[%s]</name><addressOffset>0</addressOffset></register></cluster>", 16)]
    [InlineData("<cluster><dim>{0}</dim><dimIncrement>4</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset><register><dim>1</dim><dimIncrement>4</dimIncrement><name>A[%s]</name><addressOffset>0</addressOffset></register></cluster>", 1)]
    public void Whatever_they_are_arrays_of(string registers, int count)
    {
        (int Registers, int Lines, int Length) few = Cost(registers, "0x101", "");
        (int Registers, int Lines, int Length) many = Cost(registers, Long, "");
        Assert.Equal(count, many.Registers);
        Assert.Equal((few.Registers, few.Lines), (many.Registers, many.Lines));
        Assert.InRange(many.Length - few.Length, -100 * count, 100 * count);
    }

    [Fact]
    public void Long_arrays_in_long_arrays_too()
    {
        const string Nested = "<cluster><dim>0x1000</dim><dimIncrement>{0}</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset><register><dim>0x800</dim><dimIncrement>4</dimIncrement><name>A[%s]</name><addressOffset>0</addressOffset></register></cluster>";
        DescriptionResult joined = Read(Nested.Replace("{0}", "0x2000", StringComparison.Ordinal), "");
        RegisterModel all = Assert.Single(joined.Model!.Blocks[0].Registers);
        Assert.Equal(("C_A", new RegisterDimension(0x800000, 4)), (all.Name, all.Dimension));

        // With gaps between them no single stride leads from one to the next: the shorter one is expanded.
        DescriptionResult apart = Read(Nested.Replace("{0}", "0x2010", StringComparison.Ordinal), "");
        Assert.Equal(0x800, apart.Model!.Blocks[0].Registers.Count);
        Assert.All(apart.Model.Blocks[0].Registers, static register => Assert.Equal(new RegisterDimension(0x1000, 0x2010), register.Dimension));
    }

    /// <summary>A view that hooks or passes accesses on has words for one element.</summary>
    [Fact]
    public void In_views_too()
    {
        const string Array = "<register><dim>{0}</dim><dimIncrement>4</dimIncrement><name>R[%s]</name><addressOffset>0</addressOffset></register>";
        const string View = "<trap:view name=\"guest\" absent=\"zeros\"><trap:hooked register=\"R\" on=\"read write\" sanitize=\"mask\"/></trap:view>";
        (int _, int lines, int length) = Cost(Array, "0x2000", View);
        (int _, int linesOfMany, int lengthOfMany) = Cost(Array, Long, View);
        Assert.Equal(lines, linesOfMany);
        Assert.InRange(lengthOfMany - length, -200, 200);
    }

    [Fact]
    public void The_elements_of_an_inner_array_have_names_of_their_own()
    {
        DescriptionResult result = Read(
            "<cluster><dim>" + Long + "</dim><dimIncrement>8</dimIncrement><name>C[%s]</name><addressOffset>0</addressOffset><register><dim>2</dim><dimIncrement>4</dimIncrement><dimIndex>LO,HI</dimIndex><name>A_[%s]</name><addressOffset>0</addressOffset></register></cluster>",
            "");
        Assert.Equal(["C_A_LO 0 1000000 8", "C_A_HI 4 1000000 8"], result.Model!.Blocks[0].Registers.Select(static register
            => string.Create(CultureInfo.InvariantCulture, $"{register.Name} {register.Offset:X} {register.Dimension.Count:X} {register.Dimension.StrideBytes}")));
    }

    private static (int Registers, int Lines, int Length) Cost(string registers, string count, string view)
    {
        string device = registers.Replace("{0}", count, StringComparison.Ordinal);
        DescriptionResult result = Read(device, view);
        Assert.Equal([], result.Problems.Where(static problem => problem.Severity != ProblemSeverity.Information).Select(static problem => problem.ToString()));
        string code = string.Concat(GeneratorInput.Empty.WithXml("registers.xml", Text(device, view)).Run().MustCompile().Files.Select(static file => file.Text));
        return (result.Model!.Blocks[0].Registers.Count, code.Count(static character => character == '\n'), code.Length);
    }

    private static DescriptionResult Read(string registers, string view) => DescriptionReader.Read(new SourceFile("registers.xml", Text(registers, view)), []);

    private static string Text(string registers, string view)
        => "<device xmlns:trap=\"urn:sluice:trap\"><name>D</name><peripherals><peripheral><name>B</name><baseAddress>0x1000</baseAddress><registers>" + registers + "</registers>" + view + "</peripheral></peripherals></device>";
}
