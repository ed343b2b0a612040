import type { Attributes } from "../../contract/attributes";
import { reference, type TerraformResource } from "../terraform-resource";

/** Makes the parts of an API that its body describes: resources as Terraform would write them one by one. */
export class PartFactory {
  readonly parts: TerraformResource[] = [];

  constructor(private readonly api: TerraformResource) {}

  /**
   * Adds a part.
   *
   * @param name what the body calls it, such as `GET /pets`; with the API's address it makes the part's own
   * @returns the text by which others refer to it
   */
  add(type: string, name: string, attributes: Attributes): string {
    const { stack, folder } = this.api;
    const address = `${this.api.address} (body: ${name})`;
    this.parts.push({
      stack,
      address,
      type,
      folder,
      bodyOf: this.api.address,
      attributes: { rest_api_id: this.apiId, ...attributes },
    });
    return reference(stack, address, "id");
  }

  /** The text by which parts refer to the root path. */
  get rootPath(): string {
    return reference(this.api.stack, this.api.address, "root_resource_id");
  }

  private get apiId(): string {
    return reference(this.api.stack, this.api.address, "id");
  }
}
