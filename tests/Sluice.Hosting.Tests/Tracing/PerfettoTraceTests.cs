using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Sluice.Registers;
using Sluice.Registers.Description;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Hosting.Tests.Tracing;

public sealed class PerfettoTraceTests
{
    private const string Map = """
        <device schemaVersion="1.3">
          <name>BOARD</name>
          <peripherals>
            <peripheral>
              <name>TIMER</name>
              <baseAddress>0x40001000</baseAddress>
              <addressBlock><offset>0</offset><size>0x100</size><usage>registers</usage></addressBlock>
              <registers>
                <register>
                  <name>CTRL</name><addressOffset>0</addressOffset><size>32</size><access>read-write</access>
                  <fields>
                    <field><name>EN</name><bitRange>[0:0]</bitRange></field>
                    <field>
                      <name>MODE</name><bitRange>[9:8]</bitRange>
                      <enumeratedValues>
                        <enumeratedValue><name>ONCE</name><value>1</value></enumeratedValue>
                      </enumeratedValues>
                    </field>
                  </fields>
                </register>
                <register><dim>4</dim><dimIncrement>4</dimIncrement><name>CH[%s]</name><addressOffset>0x10</addressOffset><size>32</size></register>
              </registers>
            </peripheral>
          </peripherals>
        </device>
        """;

    [Fact]
    public void Accesses_carry_block_register_and_fields_by_their_hardware_names()
    {
        List<JsonElement> events = Trace(bus =>
        {
            bus.Write32(new RegisterAddress(0x4000_1000), 0x101);
            _ = bus.Read32(new RegisterAddress(0x4000_1018));
            bus.Write8(new RegisterAddress(0x4000_1001), 2);
            _ = bus.Read16(new RegisterAddress(0x5000_0000));
        });

        List<JsonElement> slices = [.. events.Where(entry => entry.GetProperty("ph").GetString() == "X")];
        Assert.Equal(["write CTRL", "read CH[2]", "write CTRL+1", "read 0x50000000"], slices.Select(slice => slice.GetProperty("name").GetString()));
        JsonElement first = slices[0].GetProperty("args");
        Assert.Equal("1", first.GetProperty("field EN").GetString());
        Assert.Equal("1 (ONCE)", first.GetProperty("field MODE").GetString());
        Assert.Equal("0x101", first.GetProperty("value").GetString());
        JsonElement narrow = slices[2].GetProperty("args");
        Assert.False(narrow.TryGetProperty("field EN", out _));
        Assert.Equal("2", narrow.GetProperty("field MODE").GetString());
        Assert.Equal(
            ["TIMER", "(not described)"],
            events.Where(entry => entry.GetProperty("ph").GetString() == "M").Select(entry => entry.GetProperty("args").GetProperty("name").GetString()));
        Assert.All(slices, slice => Assert.True(slice.GetProperty("ts").GetDouble() >= 0 && slice.GetProperty("dur").GetDouble() >= 0));
    }

    [Fact]
    public void A_traced_bus_makes_the_accesses_of_the_bus_behind_it_one_for_one()
    {
        SimulatedMachine machine = new(new RandomAccessMemory(0x4000_1000, 0x1000, true));
        List<ulong> seen = [];
        machine.Accessed = (address, _, _) => seen.Add(address);
        TracedBus<SimulatedBus> bus = new(machine.Bus, new AccessTrace());
        bus.Write64(new RegisterAddress(0x4000_1008), 0x1122_3344_5566_7788);
        Assert.Equal(0x5566_7788u, bus.Read32(new RegisterAddress(0x4000_1008)));
        Assert.Equal(0x3344, bus.Read16(new RegisterAddress(0x4000_100C)));
        Assert.Equal(0x11, bus.Read8(new RegisterAddress(0x4000_100F)));
        Assert.Equal([0x4000_1008UL, 0x4000_1008UL, 0x4000_100CUL, 0x4000_100FUL], seen);
    }

    [Fact]
    public void A_full_trace_keeps_the_newest_and_counts_what_it_dropped()
    {
        AccessTrace trace = new(3);
        for (ulong address = 0; address < 5; address++)
        {
            trace.Add(0, new RegisterAddress(address), AccessWidth.Byte, false, 0);
        }

        Assert.Equal(2, trace.Dropped);
        Assert.Equal([2UL, 3UL, 4UL], trace.ToList().Select(record => record.Address));
    }

    [Fact]
    public void A_block_without_an_address_of_its_own_can_be_placed_more_than_once()
    {
        RegisterCatalog catalog = new(Device());
        catalog.Place("TIMER", 0x1000, "timer of guest 1");
        Assert.True(catalog.TryFind(0x1014, out CatalogRegister register));
        Assert.Equal("timer of guest 1 CH[1]", register.Block + " " + register.Name);
        Assert.False(catalog.TryFind(0x1004, out _));
        ArgumentException error = Assert.Throws<ArgumentException>(() => catalog.Place("TIMR", 0));
        Assert.Contains("TIMER", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_board_description_of_this_repository_names_its_registers()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
        {
            folder = folder.Parent;
        }

        RegisterCatalog catalog = RegisterCatalog.Read(Path.Combine(folder!.FullName, "registers.xml"));
        Assert.True(catalog.TryFind(Qemu.VirtMachine.SmmuRegisters + 0x20, out CatalogRegister register));
        Assert.Equal("CR0", register.Name);
        Assert.Contains(("SMMUEN", "1"), register.Fields(1, 4));
    }

    [Fact]
    public void A_description_that_is_not_there_is_named()
    {
        HostingException error = Assert.Throws<HostingException>(() => RegisterCatalog.Read("none/registers.xml"));
        Assert.Equal(HostingFailure.Absent, error.Reason);
        Assert.StartsWith("none/registers.xml", error.Message, StringComparison.Ordinal);
    }

    private static DeviceModel Device() => DescriptionReader.Read(new SourceFile("board.xml", Map), []).Model!;

    private static List<JsonElement> Trace(Action<TracedBus<SimulatedBus>> accesses)
    {
        AccessTrace trace = new();
        accesses(new TracedBus<SimulatedBus>(new SimulatedMachine(new RandomAccessMemory(0x4000_1000, 0x1000, true)).Bus, trace));
        using MemoryStream stream = new();
        PerfettoTrace.Write(stream, trace, new RegisterCatalog(Device()));
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        return [.. document.RootElement.GetProperty("traceEvents").EnumerateArray().Select(entry => entry.Clone())];
    }
}
